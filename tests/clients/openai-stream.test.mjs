import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { MODEL, Stage, until } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const stream = (content, more = {}, options = {}) =>
  client.chat.completions.create(
    { model: MODEL, messages: [{ role: 'user', content }], stream: true, ...more }, options);

async function collect(events) {
  const all = [];
  for await (const event of events) all.push(event);
  return all;
}

const textOf = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('');

test('pieces of one answer', async () => {
  const chunks = await collect(await stream('Hello stream [[chunks=5]]'));
  assert.match(textOf(chunks), /said "Hello stream/);
  assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
  assert.equal(chunks[0].object, 'chat.completion.chunk');
  assert.equal(chunks[0].choices[0].delta.role, 'assistant');
  assert.deepEqual(
    chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean), ['stop']);
  assert.ok(chunks.every((chunk) => chunk.usage == null));
});

test('include_usage adds one last chunk without choices', async () => {
  const chunks = await collect(await stream('x', { stream_options: { include_usage: true } }));
  const last = chunks.at(-1);
  assert.deepEqual(last.choices, []);
  assert.equal(last.usage.completion_tokens_details.reasoning_tokens, 12);
  assert.equal(last.usage.total_tokens, last.usage.prompt_tokens + last.usage.completion_tokens);
  assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage == null));
});

test('the helper gathers the same text', async () => {
  const runner = client.chat.completions.stream({ model: MODEL, messages: [{ role: 'user', content: 'gather' }] });
  assert.match(await runner.finalContent(), /said "gather"/);
});

test('events come as they are made', async () => {
  const begun = Date.now();
  const times = [];
  for await (const chunk of await stream('[[chunks=5 delay=100]] slowly')) {
    if (chunk.choices[0]?.delta?.content) times.push(Date.now() - begun);
  }
  assert.ok(times.at(-1) - times[0] > 300, `${times}`);
  assert.ok(times[0] < 150, `${times}`);
});

test('a long stream is whole', async () => {
  const chunks = await collect(await stream('[[chunks=400 size=500]]'));
  let expected = '';
  for (let i = 0; expected.length < 200_000; ++i) expected += `${String(i).padStart(7, '0')} `;
  assert.equal(textOf(chunks), expected.slice(0, 200_000));
});

test('thoughts stream as reasoning_content', async () => {
  const chunks = await collect(
    await stream('x', { extra_body: { google: { thinking_config: { include_thoughts: true } } } }));
  const thoughts = chunks.map((chunk) => chunk.choices[0]?.delta?.reasoning_content ?? '').join('');
  assert.match(thoughts, /Thinking/);
  assert.doesNotMatch(textOf(chunks), /Thinking/);
});

test('n streamed choices keep their index', async () => {
  const chunks = await collect(await stream('x', { n: 2 }));
  const finished = chunks.flatMap((chunk) => chunk.choices).filter((choice) => choice.finish_reason);
  assert.deepEqual(finished.map((choice) => choice.index).sort(), [0, 1]);
});

test('a blocked prompt ends with content_filter', async () => {
  const chunks = await collect(await stream('[[block=SAFETY]] x'));
  assert.equal(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean).at(-1), 'content_filter');
});

test('an aborted stream is cancelled upstream within 100 ms', async () => {
  const controller = new AbortController();
  const events = await stream('[[chunks=100 delay=50]]', {}, { signal: controller.signal });
  let aborted = 0;
  try {
    for await (const chunk of events) {
      if (chunk.choices[0]?.delta?.content && !aborted) {
        aborted = Date.now();
        controller.abort();
      }
    }
  } catch (error) {
    assert.equal(error.name, 'APIUserAbortError');
  }
  const seen = await until(async () => (await stage.seen(/stream/)).find((request) => request.ended));
  assert.ok(seen.closedEarly);
  // Two polls of the fake and the abort itself are in this time.
  assert.ok(Date.now() - aborted < 250, `${Date.now() - aborted} ms`);
});

for (const fault of ['error-event', 'raw-error-tail', 'reset-mid-body', 'reset-mid-event', 'truncated-body']) {
  test(`a break in the middle is told, not hidden: ${fault}`, async () => {
    await stage.script({ fault, times: 1 });
    let text = '';
    await assert.rejects(async () => {
      for await (const chunk of await stream('Broken [[chunks=4]]')) text += chunk.choices[0]?.delta?.content ?? '';
    });
    assert.match(text, /^Echo/);
    assert.equal((await stage.seen(/stream/)).length, 1);
  });
}
