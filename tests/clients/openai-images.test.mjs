import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { toFile } from 'openai';

import { lastBody, PNG, Stage } from './harness.mjs';

const DRAWING = 'gemini-3.1-flash-image';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const png = (name) => toFile(Buffer.from(PNG, 'base64'), name, { type: 'image/png' });

test('a picture in base64', async () => {
  const { data: answer, response } = await client.images
    .generate({ model: 'gpt-image-2', prompt: 'An otter', size: '1536x1024', quality: 'high' })
    .withResponse();
  assert.equal(answer.data.length, 1);
  assert.equal(answer.data[0].b64_json, PNG);
  assert.equal(answer.data[0].url, undefined);
  assert.equal(answer.output_format, 'png');
  assert.equal(answer.size, '1x1');
  assert.ok(Math.abs(answer.created - Date.now() / 1000) < 60);
  const { usage } = answer;
  assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
  assert.equal(usage.input_tokens_details.text_tokens, usage.input_tokens);
  assert.equal(response.headers.get('x-gateway-model'), DRAWING);
  assert.equal(response.headers.get('x-gateway-ignored'), 'quality');
  const body = await lastBody(stage);
  assert.deepEqual(body.generationConfig, {
    responseModalities: ['TEXT', 'IMAGE'],
    imageConfig: { aspectRatio: '3:2' },
  });
  assert.equal(body.contents[0].parts[0].text, 'An otter');
});

test('a picture by its URL, which needs no token', async () => {
  const answer = await client.images.generate({ model: 'dall-e-3', prompt: 'An otter', style: 'vivid' });
  const { url, b64_json } = answer.data[0];
  assert.equal(b64_json, undefined);
  assert.match(url, new RegExp(`^${stage.url}/v1/images/files/[\\w-]{43}\\.png$`));
  // Any worker has it.
  for (let i = 0; i < 4; ++i) {
    const picture = await fetch(url, { headers: { connection: 'close' } });
    assert.equal(picture.status, 200);
    assert.equal(picture.headers.get('content-type'), 'image/png');
    assert.equal(Buffer.from(await picture.arrayBuffer()).toString('base64'), PNG);
  }
  const head = await fetch(url, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('content-length'), String(Buffer.from(PNG, 'base64').length));
  assert.equal((await fetch(url.replace(/.{8}\.png$/, 'AAAAAAAA.png'))).status, 404);
  assert.equal((await fetch(`${stage.url}/v1/images/files/`)).status, 404);
  await stage.restartGateway();
  client = stage.openai();
  assert.equal((await fetch(url.replace(/^http:\/\/[^/]+/, stage.url))).status, 200);
});

test('several pictures', async () => {
  const answer = await client.images.generate({ model: 'gpt-image-2', prompt: 'An otter', n: 2 });
  assert.deepEqual(answer.data.map((image) => image.b64_json), [PNG, PNG]);
  assert.equal((await stage.seen(/enerateContent/)).length, 2);
});

test('an edit with files and a mask', async () => {
  const answer = await client.images.edit({
    model: 'gpt-image-2',
    image: [await png('a.png'), await png('b.png')],
    mask: await png('mask.png'),
    prompt: 'A hat “on” both',
    n: 1,
    size: '1024x1536',
  });
  assert.equal(answer.data[0].b64_json, PNG);
  const body = await lastBody(stage);
  const { parts } = body.contents[0];
  assert.equal(parts.length, 4);
  for (const part of parts.slice(0, 3)) assert.deepEqual(part, { inlineData: { mimeType: 'image/png', data: PNG } });
  assert.match(parts[3].text, /^A hat “on” both\n\n.*mask/s);
  assert.equal(body.generationConfig.imageConfig.aspectRatio, '2:3');
});

test('an edit with one file', async () => {
  await client.images.edit({ model: DRAWING, image: await png('a.png'), prompt: 'A hat' });
  assert.equal((await lastBody(stage)).contents[0].parts.length, 2);
});

test('an edit as JSON', async () => {
  const answer = await client.post('/images/edits', {
    body: { model: 'gpt-image-2', prompt: 'A hat', images: [{ image_url: `data:image/png;base64,${PNG}` }] },
  });
  assert.equal(answer.data[0].b64_json, PNG);
});

test('a variation', async () => {
  const answer = await client.images.createVariation({ image: await png('a.png'), response_format: 'b64_json' });
  assert.equal(answer.data[0].b64_json, PNG);
  const { parts } = (await lastBody(stage)).contents[0];
  assert.deepEqual(parts[0].inlineData, { mimeType: 'image/png', data: PNG });
  assert.match(parts[1].text, /variation/);
});

test('a stream with partial pictures', async () => {
  const stream = await client.images.generate({
    model: 'gpt-image-2',
    prompt: 'An otter [[drafts=1]]',
    stream: true,
    partial_images: 2,
  });
  const events = [];
  for await (const event of stream) events.push(event);
  assert.deepEqual(events.map((event) => event.type), ['image_generation.partial_image', 'image_generation.completed']);
  assert.equal(events[0].partial_image_index, 0);
  assert.equal(events[0].b64_json, PNG);
  assert.equal(events[1].b64_json, PNG);
  assert.equal(events[1].output_format, 'png');
  assert.ok(events[1].usage.output_tokens > 0);
});

test('a streamed edit', async () => {
  const stream = await client.images.edit({
    model: 'gpt-image-2',
    image: await png('a.png'),
    prompt: 'A hat',
    stream: true,
  });
  const types = [];
  for await (const event of stream) types.push(event.type);
  assert.deepEqual(types, ['image_edit.completed']);
});

test('a refusal of the safety system', async () => {
  for (const order of ['block=PROHIBITED_CONTENT', 'finish=IMAGE_SAFETY']) {
    for (const stream of [false, true]) {
      await assert.rejects(
        client.images.generate({ model: 'gpt-image-2', prompt: `An otter [[${order}]]`, stream }),
        (error) => {
          assert.equal(error.status, 400);
          assert.equal(error.code, 'moderation_blocked');
          assert.equal(error.type, 'image_generation_user_error');
          return true;
        });
    }
  }
});

test('what Gemini cannot do is refused by name', async () => {
  const refused = async (more, param) => {
    await assert.rejects(client.images.generate({ model: 'gpt-image-2', prompt: 'x', ...more }), (error) => {
      assert.equal(error.status, 400);
      assert.equal(error.param, param);
      assert.match(error.message, new RegExp(param));
      return true;
    });
  };
  await refused({ background: 'transparent' }, 'background');
  await refused({ output_format: 'svg' }, 'output_format');
  await refused({ n: 11 }, 'n');
  await refused({ prompt: '' }, 'prompt');
  assert.deepEqual(await stage.seen(/enerateContent/), []);
});

test('moderations', async () => {
  const verdict = {
    harassment: 0, harassment_threatening: 0, hate: 0, hate_threatening: 0, illicit: 0, illicit_violent: 0,
    self_harm: 0, self_harm_intent: 0, self_harm_instructions: 0, sexual: 0, sexual_minors: 0, violence: 0.8,
    violence_graphic: 0.25,
  };
  const answer = await client.moderations.create({
    model: 'omni-moderation-latest',
    input: `a fight [[text=${JSON.stringify(verdict)}]]`,
  });
  assert.match(answer.id, /^modr-/);
  assert.equal(answer.results.length, 1);
  const [result] = answer.results;
  assert.equal(result.flagged, true);
  assert.equal(result.categories.violence, true);
  assert.equal(result.categories['violence/graphic'], false);
  assert.equal(result.category_scores.violence, 0.8);
  assert.equal(result.category_scores['violence/graphic'], 0.25);
  assert.equal(result.categories['self-harm/instructions'], false);
  assert.deepEqual(result.category_applied_input_types.violence, ['text']);
  const several = await client.moderations.create({ input: ['a', 'b', 'c'] });
  assert.equal(several.results.length, 3);
  const picture = await client.moderations.create({
    input: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } }],
  });
  assert.deepEqual(picture.results[0].category_applied_input_types.violence, ['image']);
  assert.deepEqual(picture.results[0].category_applied_input_types.hate, []);
  await assert.rejects(client.moderations.create({ input: '' }), { status: 400, param: 'input' });
});
