import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

import { failure, lastBody, MODEL, PNG, Stage, TOKEN, until } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const tool = (name) => ({
  type: 'function',
  name,
  description: `Does ${name}.`,
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: [], additionalProperties: false },
  strict: false,
});
const TOOLS = [tool('weather'), tool('clock')];
const ORDER = 'Please call tool weather with {"city":"Oslo"} and call tool clock with {}.';
const ask = (body, options) => client.responses.create({ model: MODEL, ...body }, options);
const outputs = (response) =>
  response.output
    .filter((item) => item.type === 'function_call')
    .map((call) => ({ type: 'function_call_output', call_id: call.call_id, output: JSON.stringify({ of: call.name }) }));

test('create: text, usage, metadata', async () => {
  const response = await ask({ input: 'Hello', instructions: 'Be brief.', metadata: { a: 'b' } });
  assert.equal(response.status, 'completed');
  assert.match(response.output_text, /Hello/);
  assert.match(response.id, /^resp_/);
  assert.deepEqual(response.metadata, { a: 'b' });
  assert.equal(response.usage.total_tokens, response.usage.input_tokens + response.usage.output_tokens);
  assert.equal((await lastBody(stage)).systemInstruction.parts[0].text, 'Be brief.');
});

test('a stream: order, numbers, helper', async () => {
  const events = [];
  const stream = client.responses.stream({ model: MODEL, input: 'Hello [[chunks=4]]', reasoning: { summary: 'auto' } });
  let said = '';
  stream.on('response.output_text.delta', (event) => (said += event.delta));
  for await (const event of stream) events.push(event);
  const final = await stream.finalResponse();
  assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, i) => i));
  assert.deepEqual(events.slice(0, 3).map((event) => event.type), [
    'response.created', 'response.in_progress', 'response.output_item.added']);
  assert.equal(events.at(-1).type, 'response.completed');
  assert.equal(final.output_text, said);
  assert.deepEqual(final.output.map((item) => item.type), ['reasoning', 'message']);
  assert.ok(events.filter((event) => event.type === 'response.output_text.delta').length > 2);
});

for (const stream of [false, true]) {
  test(`tools over two rounds, signatures by call id, stream ${stream}`, async () => {
    const input = [{ role: 'user', content: ORDER }];
    const body = { tools: TOOLS, store: false };
    const first = stream
      ? await client.responses.stream({ model: MODEL, input, ...body }).finalResponse()
      : await ask({ input, ...body });
    const calls = first.output.filter((item) => item.type === 'function_call');
    assert.deepEqual(calls.map((call) => call.name), ['weather', 'clock']);
    assert.deepEqual(JSON.parse(calls[0].arguments), { city: 'Oslo' });
    const second = await ask({ input: [...input, ...calls, ...outputs(first)], ...body });
    assert.match(second.output_text, /weather=.*clock=/s);
    assert.ok((await lastBody(stage)).contents[1].parts[0].thoughtSignature);
  });
}

test('reasoning items carry signatures past a gateway that forgot them', async () => {
  const input = [{ role: 'user', content: ORDER }];
  const body = { tools: TOOLS, store: false, include: ['reasoning.encrypted_content'] };
  const first = await ask({ input, ...body });
  assert.equal(first.output[0].type, 'reasoning');
  const renamed = new Map(first.output.filter((item) => item.call_id).map((item) => [item.call_id, item.call_id]));
  assert.equal(renamed.size, 2);
  const second = await ask({ input: [...input, ...first.output, ...outputs(first)], ...body });
  assert.match(second.output_text, /weather=/);
  const signature = (await lastBody(stage)).contents[1].parts[0].thoughtSignature;
  assert.ok(first.output[0].encrypted_content.endsWith(signature));
});

test('a custom tool takes text', async () => {
  const patch = { type: 'custom', name: 'apply_patch', description: 'Patches.', format: {
    type: 'grammar', syntax: 'lark', definition: 'start: "x"' } };
  const first = await ask({ input: 'Please call tool apply_patch with {"input":"*** Begin Patch"}.', tools: [patch] });
  const call = first.output.find((item) => item.type === 'custom_tool_call');
  assert.equal(call.input, '*** Begin Patch');
  const second = await ask({
    previous_response_id: first.id,
    input: [{ type: 'custom_tool_call_output', call_id: call.call_id, output: 'Done!' }],
    tools: [patch],
  });
  assert.match(second.output_text, /apply_patch=/);
});

test('previous_response_id brings back what was said', async () => {
  const first = await ask({ input: 'One' });
  const second = await ask({ input: 'Two', previous_response_id: first.id });
  await ask({ input: [{ role: 'user', content: 'Three' }], previous_response_id: second.id });
  const { contents } = await lastBody(stage);
  assert.deepEqual(contents.map((turn) => turn.role), ['user', 'model', 'user', 'model', 'user']);
  assert.equal(contents[0].parts[0].text, 'One');
  assert.equal(contents[4].parts[0].text, 'Three');
  assert.equal(second.previous_response_id, first.id);
  await assert.rejects(ask({ input: 'x', previous_response_id: 'resp_unknown' }), (error) => {
    assert.equal(error.status, 400);
    assert.equal(error.code, 'previous_response_not_found');
    assert.equal(error.param, 'previous_response_id');
    return true;
  });
});

test('tools over rounds with previous_response_id', async () => {
  const first = await ask({ input: ORDER, tools: TOOLS });
  const second = await ask({ input: outputs(first), previous_response_id: first.id, tools: TOOLS });
  assert.match(second.output_text, /weather=/);
});

test('an item is named by its id', async () => {
  const first = await ask({ input: 'One' });
  await ask({
    input: [
      { role: 'user', content: 'One' },
      { type: 'item_reference', id: first.output.at(-1).id },
      { role: 'user', content: 'Two' },
    ],
  });
  const { contents } = await lastBody(stage);
  assert.equal(contents[1].role, 'model');
});

test('kept over a restart: retrieve, input items by pages, delete', async () => {
  const first = await ask({ input: [1, 2, 3].map((n) => ({ role: 'user', content: `Part ${n}` })) });
  await until(async () => (await client.responses.retrieve(first.id)).status === 'completed');
  await new Promise((resolve) => setTimeout(resolve, 600));
  await stage.restartGateway();
  client = stage.openai();
  const kept = await client.responses.retrieve(first.id);
  assert.equal(kept.output_text ?? kept.output.at(-1).content[0].text, first.output_text);
  const texts = [];
  for await (const item of client.responses.inputItems.list(first.id, { limit: 2, order: 'asc' }))
    texts.push(item.content[0].text);
  assert.deepEqual(texts, ['Part 1', 'Part 2', 'Part 3']);
  const newest = await client.responses.inputItems.list(first.id, { limit: 1 });
  assert.equal(newest.data[0].content[0].text, 'Part 3');
  await client.responses.delete(first.id);
  await assert.rejects(client.responses.retrieve(first.id), { status: 404 });
});

test('store false keeps nothing', async () => {
  const response = await ask({ input: 'One', store: false });
  assert.equal(response.store, false);
  await assert.rejects(client.responses.retrieve(response.id), { status: 404 });
});

test('conversations', async () => {
  const made = await client.conversations.create({
    metadata: { topic: 'x' }, items: [{ type: 'message', role: 'user', content: 'Begin' }] });
  assert.match(made.id, /^conv_/);
  await ask({ input: 'One', conversation: made.id });
  await until(async () => (await client.conversations.items.list(made.id)).data.length >= 3);
  const second = await ask({ input: 'Two', conversation: { id: made.id } });
  assert.equal(second.conversation.id, made.id);
  assert.equal((await lastBody(stage)).contents.at(-1).parts[0].text, 'Two');
  assert.ok(JSON.stringify((await lastBody(stage)).contents[0]).includes('Begin'));
  const added = await client.conversations.items.create(made.id, {
    items: [{ type: 'message', role: 'user', content: 'Aside' }] });
  const item = await client.conversations.items.retrieve(added.data[0].id, { conversation_id: made.id });
  assert.equal(item.content[0].text, 'Aside');
  await client.conversations.items.delete(item.id, { conversation_id: made.id });
  await assert.rejects(client.conversations.items.retrieve(item.id, { conversation_id: made.id }), { status: 404 });
  assert.deepEqual((await client.conversations.update(made.id, { metadata: { topic: 'y' } })).metadata, { topic: 'y' });
  assert.deepEqual((await client.conversations.retrieve(made.id)).metadata, { topic: 'y' });
  assert.equal((await client.conversations.delete(made.id)).deleted, true);
  await assert.rejects(ask({ input: 'x', conversation: made.id }), { status: 404 });
});

test('structured output is parsed', async () => {
  const format = zodTextFormat(z.object({ city: z.string() }), 'place');
  const response = await client.responses.parse({ model: MODEL, input: 'Where?', text: { format } });
  assert.equal(typeof response.output_parsed.city, 'string');
  assert.equal((await lastBody(stage)).generationConfig.responseMimeType, 'application/json');
});

test('a picture goes in', async () => {
  await ask({
    input: [{ role: 'user', content: [
      { type: 'input_text', text: 'What is it?' },
      { type: 'input_image', image_url: `data:image/png;base64,${PNG}`, detail: 'auto' },
    ] }],
  });
  assert.equal((await lastBody(stage)).contents[0].parts[1].inlineData.data, PNG);
});

test('background: poll until done', async () => {
  await stage.script({ fault: 'slow-drip', times: 1 });
  const queued = await ask({ input: 'Hello', background: true });
  assert.equal(queued.status, 'queued');
  assert.equal((await client.responses.retrieve(queued.id)).status, 'in_progress');
  const done = await until(async () => {
    const now = await client.responses.retrieve(queued.id);
    return now.status === 'completed' && now;
  }, 8000);
  assert.match(done.output.at(-1).content[0].text, /Hello/);
  assert.equal(done.id, queued.id);
});

test('background: cancel', async () => {
  await stage.script({ fault: 'stall-head', times: 1 });
  const queued = await ask({ input: 'Hello', background: true });
  await until(async () => (await stage.seen(/generateContent/)).length > 0);
  const cancelled = await client.responses.cancel(queued.id);
  assert.equal(cancelled.status, 'cancelled');
  await until(async () => (await stage.seen(/generateContent/)).some((request) => request.closedEarly), 4000);
  assert.equal((await client.responses.retrieve(queued.id)).status, 'cancelled');
  const plain = await ask({ input: 'x' });
  await assert.rejects(client.responses.cancel(plain.id), { status: 400 });
});

test('a stream in the background goes on when its client leaves', async () => {
  const stream = await ask({ input: 'Hello [[chunks=5 delay=100]]', stream: true, background: true });
  let id;
  for await (const event of stream) {
    id ??= event.response?.id;
    if (event.type === 'response.output_text.delta') break;
  }
  stream.controller.abort();
  const done = await until(async () => {
    const now = await client.responses.retrieve(id);
    return now.status === 'completed' && now;
  });
  assert.match(done.output.at(-1).content[0].text, /Hello/);
});

test('a stream in the background is taken up again where it broke', async () => {
  const stream = await ask({ input: 'Hello [[chunks=6 delay=150]]', stream: true, background: true });
  let id;
  let last;
  let said = '';
  for await (const event of stream) {
    id ??= event.response?.id;
    last = event.sequence_number;
    if (event.type !== 'response.output_text.delta') continue;
    said += event.delta;
    break;
  }
  stream.controller.abort();
  const numbers = [];
  let final;
  for await (const event of await client.responses.retrieve(id, { stream: true, starting_after: last })) {
    numbers.push(event.sequence_number);
    if (event.type === 'response.output_text.delta') said += event.delta;
    final = event;
  }
  assert.equal(final.type, 'response.completed');
  assert.deepEqual(numbers, numbers.map((_, i) => last + 1 + i));
  assert.equal(said, final.response.output.at(-1).content[0].text);
});

test('completions, the API before chat, whole and streamed', async () => {
  const whole = await client.completions.create({ model: MODEL, prompt: 'Hello', max_tokens: 900 });
  assert.match(whole.choices[0].text, /Hello/);
  assert.equal(whole.choices[0].finish_reason, 'stop');
  let said = '';
  for await (const chunk of await client.completions.create({ model: MODEL, prompt: 'Hello', stream: true }))
    said += chunk.choices[0]?.text ?? '';
  assert.match(said, /Hello/);
  await assert.rejects(client.completions.create({ model: MODEL, prompt: 'x', echo: true }), { status: 400 });
});

test('a failure in the background is told when asked', async () => {
  const queued = await ask({ input: 'Hello', background: true, model: 'no-such-model' });
  const failed = await until(async () => {
    const now = await client.responses.retrieve(queued.id);
    return now.status === 'failed' && now;
  });
  assert.ok(failed.error.message);
});

test('errors name the place', async () => {
  await assert.rejects(ask({ input: [{ type: 'computer_call' }] }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'input[0].type');
    return true;
  });
  await assert.rejects(ask({ input: 'x', tools: [{ type: 'local_shell' }] }), /local_shell/);
  await assert.rejects(client.responses.retrieve('resp_none'), { status: 404 });
});

test('an unlucky key is stepped over', async () => {
  await stage.script({ fault: 'minute-quota', times: 1 });
  assert.match((await ask({ input: 'Hello' })).output_text, /Hello/);
});

test('who leaves stops the stream', async () => {
  const stream = await ask({ input: 'Hello [[chunks=50 delay=100]]', stream: true });
  for await (const event of stream) {
    if (event.type === 'response.output_text.delta') break;
  }
  stream.controller.abort();
  await until(async () => (await stage.seen(/streamGenerateContent/)).some((request) => request.closedEarly), 4000);
});

for (const fault of ['error-event', 'raw-error-tail', 'reset-mid-body', 'reset-mid-event', 'truncated-body']) {
  test(`a break in the middle is told, not hidden: ${fault}`, async () => {
    await stage.script({ fault, times: 2 });
    let text = '';
    let id;
    const error = await failure((async () => {
      for await (const event of await ask({ input: 'Broken [[chunks=4]]', stream: true })) {
        id ??= event.response?.id;
        if (event.type === 'response.output_text.delta') text += event.delta;
      }
    })());
    assert.ok(error instanceof OpenAI.APIError, `${error}`);
    assert.match(text, /^Echo/);
    assert.ok(error.code && error.message, `${error}`);
    assert.equal((await client.responses.retrieve(id)).status, 'failed');
    await assert.rejects(
      client.responses.stream({ model: MODEL, input: 'Broken [[chunks=4]]' }).finalResponse(), OpenAI.APIError);
  });
}

test('a broken stream is told twice, for those who read the one event and those who read the other', async () => {
  await stage.script({ fault: 'error-event', times: 1 });
  const answer = await ask({ input: 'Broken [[chunks=4]]', stream: true }).asResponse();
  const events = (await answer.text()).split('\n').filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)));
  assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, i) => i));
  const [error, failed] = events.slice(-2);
  assert.equal(error.type, 'error');
  assert.equal(error.code, 'server_is_overloaded');
  assert.equal(error.error.code, error.code);
  assert.equal(error.error.message, error.message);
  assert.equal(failed.type, 'response.failed');
  assert.equal(failed.response.status, 'failed');
  assert.equal(failed.response.error.message, error.message);
});

test('input tokens are counted', async () => {
  const answer = await fetch(`${stage.url}/v1/responses/input_tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: MODEL, input: 'one two three' }),
  });
  const counted = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(counted));
  assert.equal(counted.object, 'response.input_tokens');
  assert.ok(counted.input_tokens > 0);
});
