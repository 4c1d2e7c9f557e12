import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { zodFunction } from 'openai/helpers/zod';
import { z } from 'zod';

import { lastBody, MODEL, Stage } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start();
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const tool = (name, parameters) => ({ type: 'function', function: { name, description: `Does ${name}.`, parameters } });
const TOOLS = [
  tool('weather', { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
  tool('clock', { type: 'object', properties: {} }),
];
const ORDER = 'Please call tool weather with {"city":"Oslo"} and call tool clock with {}.';

const ask = (messages, more = {}) =>
  client.chat.completions.create({ model: MODEL, messages, tools: TOOLS, ...more });

// The calls of a streamed answer, put together as clients do.
async function gather(events) {
  const calls = [];
  let finish;
  for await (const chunk of events) {
    for (const delta of chunk.choices[0]?.delta?.tool_calls ?? []) {
      const call = (calls[delta.index] ??= { id: '', type: 'function', function: { name: '', arguments: '' } });
      if (delta.id) call.id += delta.id;
      if (delta.function?.name) call.function.name += delta.function.name;
      call.function.arguments += delta.function?.arguments ?? '';
      if (delta.extra_content) call.extra_content = delta.extra_content;
    }
    finish = chunk.choices[0]?.finish_reason ?? finish;
  }
  return { calls, finish };
}

const results = (calls) =>
  calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: JSON.stringify({ of: call.function.name }) }));
const withoutExtras = (calls) => calls.map(({ id, type, function: called }) => ({ id, type, function: called }));

test('parallel calls, unary, and their results', async () => {
  const first = await ask([{ role: 'user', content: ORDER }]);
  const { message, finish_reason: finish } = first.choices[0];
  assert.equal(finish, 'tool_calls');
  assert.equal(message.tool_calls.length, 2);
  assert.notEqual(message.tool_calls[0].id, message.tool_calls[1].id);
  assert.deepEqual(JSON.parse(message.tool_calls[0].function.arguments), { city: 'Oslo' });
  assert.ok(message.tool_calls[0].extra_content.google.thought_signature);
  const second = await ask([{ role: 'user', content: ORDER }, message, ...results(message.tool_calls)]);
  assert.match(second.choices[0].message.content, /weather=.*clock=/s);
});

test('a client that drops unknown fields: the signature comes from the store', async () => {
  const first = await ask([{ role: 'user', content: ORDER }]);
  const calls = withoutExtras(first.choices[0].message.tool_calls);
  const second = await ask([
    { role: 'user', content: ORDER },
    { role: 'assistant', content: null, tool_calls: calls },
    ...results(calls),
  ]);
  assert.match(second.choices[0].message.content, /weather=/);
  const parts = (await lastBody(stage)).contents[1].parts;
  assert.ok(parts[0].thoughtSignature);
  assert.notEqual(parts[0].thoughtSignature, 'skip_thought_signature_validator');
});

test('streamed calls: stable index, unique ids, results back in order', async () => {
  const { calls, finish } = await gather(await ask([{ role: 'user', content: ORDER }], { stream: true }));
  assert.equal(finish, 'tool_calls');
  assert.deepEqual(calls.map((call) => call.function.name), ['weather', 'clock']);
  assert.equal(new Set(calls.map((call) => call.id)).size, 2);
  assert.deepEqual(JSON.parse(calls[0].function.arguments), { city: 'Oslo' });
  const stripped = withoutExtras(calls);
  // The results in the wrong order: Gemini wants them in the order of the calls.
  await ask([
    { role: 'user', content: ORDER },
    { role: 'assistant', tool_calls: stripped },
    ...results(stripped).reverse(),
  ]);
  const { contents } = await lastBody(stage);
  assert.deepEqual(contents[2].parts.map((part) => part.functionResponse.name), ['weather', 'clock']);
  assert.ok(contents[1].parts[0].thoughtSignature);
});

test('signatures outlive a restart of the gateway', async () => {
  const { calls } = await gather(await ask([{ role: 'user', content: ORDER }], { stream: true }));
  const stripped = withoutExtras(calls);
  await new Promise((resolve) => setTimeout(resolve, 400));
  await stage.restartGateway();
  client = stage.openai();
  await ask([{ role: 'user', content: ORDER }, { role: 'assistant', tool_calls: stripped }, ...results(stripped)]);
  const part = (await lastBody(stage)).contents[1].parts[0];
  assert.notEqual(part.thoughtSignature, 'skip_thought_signature_validator');
});

test('calls the gateway never saw still go through', async () => {
  const answer = await ask([
    { role: 'user', content: 'x' },
    {
      role: 'assistant',
      tool_calls: [{ id: 'call_unknown', type: 'function', function: { name: 'clock', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'call_unknown', content: 'plain words' },
  ]);
  assert.match(answer.choices[0].message.content, /clock=/);
});

test('calls in steps', async () => {
  const messages = [{ role: 'user', content: 'call tool clock with {} then call tool weather with {"city":"Rome"}' }];
  for (const name of ['clock', 'weather']) {
    const { message } = (await ask(messages)).choices[0];
    assert.equal(message.tool_calls[0].function.name, name);
    messages.push({ role: 'assistant', tool_calls: withoutExtras(message.tool_calls) }, ...results(message.tool_calls));
  }
  const last = await ask(messages);
  assert.equal(last.choices[0].finish_reason, 'stop');
});

test('the helper runs tools by itself', async () => {
  const runner = client.chat.completions.runTools({
    model: MODEL,
    messages: [{ role: 'user', content: 'call tool weather with {"city":"Oslo"}' }],
    tools: [
      zodFunction({
        name: 'weather',
        parameters: z.object({ city: z.string() }),
        function: ({ city }) => ({ city, degrees: 4 }),
      }),
    ],
  });
  assert.match(await runner.finalContent(), /weather=\{.*Oslo/);
});

test('tool_choice in all forms', async () => {
  const none = await ask([{ role: 'user', content: ORDER }], { tool_choice: 'none' });
  assert.equal(none.choices[0].finish_reason, 'stop');
  const required = await ask([{ role: 'user', content: 'x' }], { tool_choice: 'required' });
  assert.equal(required.choices[0].finish_reason, 'tool_calls');
  const named = await ask([{ role: 'user', content: 'x' }], {
    tool_choice: { type: 'function', function: { name: 'clock' } },
  });
  assert.equal(named.choices[0].message.tool_calls[0].function.name, 'clock');
  const allowed = await ask([{ role: 'user', content: 'x' }], {
    tool_choice: {
      type: 'allowed_tools',
      allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'clock' } }] },
    },
  });
  assert.equal(allowed.choices[0].message.tool_calls[0].function.name, 'clock');
});

test('schemas that Gemini rejects are mended', async () => {
  const parameters = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      zulu: { const: 'fixed' },
      alpha: { type: ['string', 'null'] },
      item: { $ref: '#/definitions/item' },
      when: { type: 'string', format: 'uri' },
    },
    required: ['zulu', 'gone'],
    additionalProperties: false,
    definitions: { item: { type: 'object', properties: { n: { type: 'integer', exclusiveMinimum: 0 } } } },
  };
  for (const model of [MODEL, 'gemini-2.5-flash']) {
    const answer = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'call tool odd with {"zulu":"fixed"}' }],
      tools: [tool('odd', parameters)],
    });
    assert.equal(answer.choices[0].message.tool_calls[0].function.name, 'odd');
  }
});

test('tools without parameters', async () => {
  const answer = await client.chat.completions.create({
    model: MODEL,
    messages: [{ role: 'user', content: 'call tool bare with {}' }],
    tools: [{ type: 'function', function: { name: 'bare' } }],
  });
  assert.equal(answer.choices[0].message.tool_calls[0].function.arguments, '{}');
});
