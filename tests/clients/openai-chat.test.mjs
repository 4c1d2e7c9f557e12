import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';

import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

import { lastBody, MODEL, OLD_MODEL, PNG, Stage } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const say = (content, more = {}) =>
  client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content }], ...more });

test('a plain question', async () => {
  const answer = await say('Hello there');
  assert.equal(answer.object, 'chat.completion');
  assert.match(answer.id, /^chatcmpl-/);
  assert.equal(answer.model, MODEL);
  assert.ok(Math.abs(answer.created - Date.now() / 1000) < 60);
  const [choice] = answer.choices;
  assert.equal(choice.message.role, 'assistant');
  assert.match(choice.message.content, /said "Hello there"/);
  assert.equal(choice.finish_reason, 'stop');
  assert.equal(choice.index, 0);
  const { usage } = answer;
  assert.equal(usage.completion_tokens_details.reasoning_tokens, 12);
  assert.ok(usage.completion_tokens > 12);
  assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
});

test('the other base path', async () => {
  const other = stage.openai({ baseURL: `${stage.url}/openai/v1` });
  const answer = await other.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'x' }] });
  assert.equal(answer.choices[0].finish_reason, 'stop');
});

test('system and developer messages become the instruction', async () => {
  const answer = await client.chat.completions.create({
    model: MODEL,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] },
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'three' },
    ],
  });
  assert.match(answer.choices[0].message.content, /3 turns.*Be brief\..*Be kind\..*said "three"/s);
});

test('text and image parts', async () => {
  const answer = await say([
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } },
  ]);
  const size = Buffer.from(PNG, 'base64').length;
  assert.match(answer.choices[0].message.content, new RegExp(`parts text image/png:${size}`));
});

test('audio and file parts', async () => {
  const answer = await say([
    { type: 'text', text: 'Listen and read' },
    { type: 'input_audio', input_audio: { data: PNG, format: 'wav' } },
    { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${PNG}` } },
  ]);
  assert.match(answer.choices[0].message.content, /parts text audio\/(x-)?wav:\d+ application\/pdf:\d+/);
});

test('an image on a private address is refused and never fetched', async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    ++asked;
    response.end('secret');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${server.address().port}/a.png`;
    await assert.rejects(say([{ type: 'image_url', image_url: { url } }]), (error) => {
      assert.equal(error.status, 400);
      return true;
    });
    assert.equal(asked, 0);
    assert.equal((await stage.seen(/enerateContent/)).length, 0);
  } finally {
    server.close();
  }
});

test('json_schema, parsed by the helper', async () => {
  const Event = z.object({
    zulu: z.string(),
    count: z.number().int(),
    kind: z.enum(['meeting', 'party']),
    people: z.array(z.object({ name: z.string(), age: z.number().nullable() })),
  });
  const answer = await client.chat.completions.parse({
    model: MODEL,
    messages: [{ role: 'user', content: 'An event' }],
    response_format: zodResponseFormat(Event, 'event'),
  });
  const { parsed } = answer.choices[0].message;
  assert.deepEqual(Object.keys(parsed), ['zulu', 'count', 'kind', 'people']);
  assert.equal(parsed.kind, 'meeting');
  assert.equal(parsed.people[0].name, 'text');
});

test('json_schema with $ref for a model that takes it', async () => {
  const schema = {
    type: 'object',
    properties: { first: { $ref: '#/$defs/node' }, second: { type: ['string', 'null'] } },
    required: ['first', 'second'],
    additionalProperties: false,
    $defs: { node: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] } },
  };
  for (const model of [MODEL, OLD_MODEL]) {
    const answer = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'x' }],
      response_format: { type: 'json_schema', json_schema: { name: 'n', strict: true, schema } },
    });
    const value = JSON.parse(answer.choices[0].message.content);
    assert.deepEqual(Object.keys(value), ['first', 'second']);
    assert.equal(typeof value.first.id, 'number');
  }
});

test('json_object', async () => {
  const answer = await say('Say it', { response_format: { type: 'json_object' } });
  assert.deepEqual(JSON.parse(answer.choices[0].message.content), { echo: 'Say it' });
});

test('n choices', async () => {
  const answer = await say('Twice', { n: 2 });
  assert.deepEqual(answer.choices.map((choice) => choice.index), [0, 1]);
});

test('stop, as a word and as a list', async () => {
  const word = await say('[[text=one-two-three]]', { stop: '-two' });
  assert.equal(word.choices[0].message.content, 'one');
  const list = await say('[[text=one-two-three]]', { stop: ['-three', '-two'] });
  assert.equal(list.choices[0].message.content, 'one');
});

test('a limit of tokens ends with "length"', async () => {
  const answer = await say('x'.repeat(200), { max_completion_tokens: 5 });
  assert.equal(answer.choices[0].finish_reason, 'length');
  assert.equal((await lastBody(stage)).generationConfig.maxOutputTokens, 5);
  await say('x', { max_tokens: 50 });
  assert.equal((await lastBody(stage)).generationConfig.maxOutputTokens, 50);
});

test('settings of the model reach it', async () => {
  await say('x', { seed: 7, temperature: 0.5, top_p: 0.25 });
  const { generationConfig } = await lastBody(stage);
  assert.equal(generationConfig.seed, 7);
});

test('reasoning effort and thoughts as reasoning_content', async () => {
  await say('x', { reasoning_effort: 'low' });
  const level = (await lastBody(stage)).generationConfig.thinkingConfig.thinkingLevel;
  assert.equal(level.toLowerCase(), 'low');
  await client.chat.completions.create({
    model: OLD_MODEL, messages: [{ role: 'user', content: 'x' }], reasoning_effort: 'high',
  });
  assert.equal((await lastBody(stage)).generationConfig.thinkingConfig.thinkingBudget, 24576);
  const shown = await say('x', {
    extra_body: { google: { thinking_config: { include_thoughts: true } } },
  });
  assert.match(shown.choices[0].message.reasoning_content, /Thinking/);
  assert.doesNotMatch(shown.choices[0].message.content, /Thinking/);
});

test('logprobs', async () => {
  const answer = await say('[[text=hello]]', { logprobs: true, top_logprobs: 2 });
  const [token] = answer.choices[0].logprobs.content;
  assert.equal(token.token, 'hello');
  assert.equal(token.logprob, -0.25);
  assert.equal(token.top_logprobs.length, 2);
});

test('a blocked prompt and a blocked answer', async () => {
  const prompt = await say('[[block=PROHIBITED_CONTENT]] x');
  assert.equal(prompt.choices[0].finish_reason, 'content_filter');
  const answer = await say('[[finish=SAFETY]] x');
  assert.equal(answer.choices[0].finish_reason, 'content_filter');
});

test('a drawn image comes along', async () => {
  const answer = await client.chat.completions.create({
    model: 'gemini-3.1-flash-image', messages: [{ role: 'user', content: 'Draw' }],
  });
  assert.ok(JSON.stringify(answer.choices[0].message).includes(`data:image/png;base64,${PNG}`));
});

test('unicode survives', async () => {
  const text = 'Grüße, 世界 👋 \u0000\u2028"\\';
  const answer = await say(text);
  assert.ok(answer.choices[0].message.content.includes(text));
});

test('a request of several megabytes', async () => {
  const answer = await say('y'.repeat(3_000_000));
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal((await lastBody(stage)).contents[0].parts[0].text.length, 3_000_000);
});
