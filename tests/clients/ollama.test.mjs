import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { z } from 'zod';

import { EMBEDDING_MODEL, failure, KEYS, lastBody, MODEL, OLD_MODEL, PNG, Stage, TOKEN, until } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start({ settings: { HEARTBEAT_INTERVAL: '1', MODEL_ALIASES: 'llama3.2=gemini-3.5-flash' } });
  client = ollama();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const ollama = (headers = { Authorization: `Bearer ${TOKEN}` }) => new Ollama({ host: stage.url, headers });
const question = (content, more = {}) => ({ model: MODEL, messages: [{ role: 'user', content }], ...more });
const say = (content, more = {}) => client.chat(question(content, more));

async function gathered(stream) {
  const all = { content: '', thinking: '', tool_calls: [], lines: 0, last: null };
  for await (const { message, ...line } of stream) {
    all.content += message.content;
    all.thinking += message.thinking ?? '';
    all.tool_calls.push(...(message.tool_calls ?? []));
    all.lines += 1;
    all.last = line;
  }
  return all;
}

const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'weather',
      description: 'Tells the weather.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
  { type: 'function', function: { name: 'clock', description: 'Tells the time.', parameters: { type: 'object', properties: {} } } },
];
const ORDER = 'Please call tool weather with {"city":"Oslo"} and call tool clock with {}.';
const ROUNDS = 'Please call tool weather with {"city":"Oslo"} then call tool clock with {} then call tool weather with {"city":"Rome"}.';

test('a plain question', async () => {
  const answer = await say('Hello there', { messages: [
    { role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hello there' },
  ] });
  assert.equal(answer.model, MODEL);
  assert.equal(answer.message.role, 'assistant');
  assert.match(answer.message.content, /Be brief\..*said "Hello there"/s);
  assert.match(answer.message.thinking, /Thinking/);
  assert.equal(answer.done, true);
  assert.equal(answer.done_reason, 'stop');
  assert.ok(Math.abs(Date.parse(answer.created_at) - Date.now()) < 60000);
  for (const name of ['total_duration', 'load_duration', 'prompt_eval_duration', 'eval_duration'])
    assert.ok(answer[name] >= 1e6, `${name} ${answer[name]}`);
  assert.ok(answer.prompt_eval_count > 0 && answer.eval_count > 0);
});

test('a stream', async () => {
  const { content, thinking, lines, last } = await gathered(await say('Hello stream [[chunks=5]]', { stream: true }));
  assert.match(content, /said "Hello stream/);
  assert.match(thinking, /Thinking/);
  assert.ok(lines >= 7);
  assert.equal(last.done_reason, 'stop');
  assert.ok(last.eval_count > 0 && last.total_duration > 0);
});

test('lines come as they are made', async () => {
  const begun = Date.now();
  const times = [];
  for await (const _ of await say('[[chunks=5 delay=100]] slowly', { stream: true })) times.push(Date.now() - begun);
  assert.ok(times.at(-1) - times[0] > 300, `${times}`);
});

test('a silence does no harm', async () => {
  const { last } = await gathered(await say('[[chunks=2 delay=1500]] slowly', { stream: true }));
  assert.equal(last.done, true);
});

test('thinking', async () => {
  const config = async () => (await lastBody(stage)).generationConfig?.thinkingConfig;
  assert.equal((await say('x', { think: false })).message.thinking, undefined);
  assert.deepEqual(await config(), { thinkingLevel: 'MINIMAL' });
  assert.match((await say('x', { think: true })).message.thinking, /Thinking/);
  assert.deepEqual(await config(), { includeThoughts: true });
  await say('x', { think: 'low' });
  assert.deepEqual(await config(), { thinkingLevel: 'LOW', includeThoughts: true });
  await say('x', { think: 'high', model: OLD_MODEL });
  assert.deepEqual(await config(), { thinkingBudget: 24576, includeThoughts: true });
});

test('options', async () => {
  const answer = await say('x'.repeat(200), { options: { num_predict: 5, temperature: 0.2, seed: 3, num_ctx: 4096 }, keep_alive: '5m' });
  assert.equal(answer.done_reason, 'length');
  const { temperature, seed, maxOutputTokens } = (await lastBody(stage)).generationConfig;
  assert.deepEqual([temperature, seed, maxOutputTokens], [0.2, 3, 5]);
  assert.equal((await say('[[text=one-two]]', { options: { stop: ['-two'] } })).message.content, 'one');
});

// What a client sends back of the assistant's turn: all of it, or what older libraries have a place for.
const WHOLE = ({ role, content, thinking, tool_calls }) => ({ role, content, thinking, tool_calls });
const WITHOUT_IDS = ({ role, content, tool_calls }) => ({
  role,
  content,
  tool_calls: tool_calls.map(({ function: { name, arguments: given } }) => ({ function: { name, arguments: given } })),
});
const OWN_IDS = (message) => ({
  ...WITHOUT_IDS(message),
  tool_calls: WITHOUT_IDS(message).tool_calls.map((call, i) => ({ id: `own-${i}`, type: 'function', ...call })),
});

for (const model of [MODEL, OLD_MODEL]) {
  for (const keep of [WHOLE, WITHOUT_IDS, OWN_IDS]) {
    for (const stream of [false, true]) {
      test(`tools in several rounds, ${model}, ${['whole', 'without ids', 'own ids'][[WHOLE, WITHOUT_IDS, OWN_IDS].indexOf(keep)]}, ${stream ? 'streamed' : 'at once'}`, async () => {
        const messages = [{ role: 'user', content: ROUNDS }];
        const called = [];
        for (;;) {
          const request = { model, messages, tools: TOOLS };
          const said = stream
            ? await gathered(await client.chat({ ...request, stream: true }))
            : (await client.chat(request)).message;
          if (!said.tool_calls?.length) {
            assert.match(said.content, /weather=.*said/s);
            break;
          }
          messages.push(keep({ role: 'assistant', ...said }));
          for (const { function: { name, arguments: given } } of said.tool_calls) {
            assert.equal(typeof given, 'object');
            called.push([name, given]);
            messages.push({ role: 'tool', tool_name: name, content: JSON.stringify({ of: name }) });
          }
          assert.ok(called.length < 9);
        }
        assert.deepEqual(called, [['weather', { city: 'Oslo' }], ['clock', {}], ['weather', { city: 'Rome' }]]);
        const body = JSON.stringify(await lastBody(stage));
        assert.doesNotMatch(body, /skip_thought_signature_validator/);
        if (model === MODEL) assert.equal(body.match(/"thoughtSignature"/g).length, 3);
      });
    }
  }
}

test('parallel calls and results without names', async () => {
  const messages = [{ role: 'user', content: ORDER }];
  const first = await client.chat({ model: MODEL, messages, tools: TOOLS });
  assert.deepEqual(first.message.tool_calls.map(({ function: { index, name, arguments: given } }) => [index, name, given]),
    [[0, 'weather', { city: 'Oslo' }], [1, 'clock', {}]]);
  assert.equal(first.done_reason, 'stop');
  const second = await client.chat({ model: MODEL, tools: TOOLS, messages: [
    ...messages, first.message, { role: 'tool', content: 'sun' }, { role: 'tool', content: '12' },
  ] });
  assert.match(second.message.content, /weather=\{"result":"sun"\}.*clock=\{"result":"12"\}/s);
});

test('signatures outlive a restart', async () => {
  const messages = [{ role: 'user', content: ORDER }];
  const first = await client.chat({ model: MODEL, messages, tools: TOOLS });
  await stage.restartGateway();
  client = ollama();
  await client.chat({ model: MODEL, tools: TOOLS, messages: [
    ...messages, WITHOUT_IDS(first.message), { role: 'tool', content: 'sun' }, { role: 'tool', content: '12' },
  ] });
  assert.doesNotMatch(JSON.stringify(await lastBody(stage)), /skip_thought_signature_validator/);
});

test('a tool call without its result is no error', async () => {
  const messages = [{ role: 'user', content: ORDER }];
  const first = await client.chat({ model: MODEL, messages, tools: TOOLS });
  const second = await client.chat({ model: MODEL, tools: TOOLS, messages: [
    ...messages, first.message, { role: 'user', content: 'Never mind' },
  ] });
  assert.match(second.message.content, /weather=\{"error":.*clock=\{"error":.* text; said/);
});

test('images', async () => {
  const bytes = Buffer.from(PNG, 'base64');
  for (const image of [PNG, new Uint8Array(bytes)]) {
    const { message } = await client.chat({ model: MODEL, messages: [{ role: 'user', content: 'Look', images: [image] }] });
    assert.match(message.content, new RegExp(`image/png:${bytes.length}`));
  }
  const { response } = await client.generate({ model: MODEL, prompt: 'Look', images: [PNG] });
  assert.match(response, new RegExp(`image/png:${bytes.length}`));
});

test('JSON and a schema', async () => {
  JSON.parse((await say('x', { format: 'json' })).message.content);
  const Country = z.object({ name: z.string(), inhabitants: z.number().int(), languages: z.array(z.string()) });
  const { message } = await say('x', { format: z.toJSONSchema(Country) });
  Country.parse(JSON.parse(message.content));
  const streamed = await gathered(await say('x', { format: z.toJSONSchema(Country), stream: true }));
  Country.parse(JSON.parse(streamed.content));
});

test('prompts', async () => {
  const answer = await client.generate({ model: MODEL, prompt: 'Hello', system: 'Be brief.' });
  assert.match(answer.response, /Be brief\..*said "Hello"/s);
  assert.match(answer.thinking, /Thinking/);
  assert.equal(answer.done_reason, 'stop');
  const next = await client.generate({ model: MODEL, prompt: 'Again', context: answer.context });
  assert.match(next.response, /3 turns; system "Be brief\."/);
  let text = '';
  let last;
  for await (const line of await client.generate({ model: MODEL, prompt: 'Hello [[chunks=4]]', stream: true, raw: true })) {
    text += line.response;
    last = line;
  }
  assert.match(text, /said "Hello/);
  assert.equal(last.done, true);
  assert.equal(last.context, undefined);
  assert.match((await failure(client.generate({ model: MODEL, prompt: 'a', suffix: 'b' }))).message, /does not support insert/);
});

test('a model is loaded and unloaded', async () => {
  assert.equal((await client.generate({ model: MODEL, prompt: '' })).done_reason, 'load');
  assert.equal((await client.chat({ model: MODEL, messages: [], keep_alive: 0 })).done_reason, 'unload');
  assert.deepEqual(await stage.seen(/enerateContent/), []);
  const { status_code } = await failure(client.generate({ model: 'no-such-model', prompt: '' }));
  assert.equal(status_code, 404);
});

test('vectors', async () => {
  const { model, embeddings, prompt_eval_count, total_duration } =
    await client.embed({ model: EMBEDDING_MODEL, input: ['one', 'two'], dimensions: 4 });
  assert.equal(model, EMBEDDING_MODEL);
  assert.deepEqual(embeddings.map(({ length }) => length), [4, 4]);
  for (const vector of embeddings) assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6);
  assert.ok(prompt_eval_count >= 0 && total_duration > 0);
  assert.equal((await client.embed({ model: EMBEDDING_MODEL, input: 'one' })).embeddings.length, 1);
  const many = Array.from({ length: 250 }, (_, i) => `text ${i}`);
  const all = await client.embed({ model: EMBEDDING_MODEL, input: many });
  assert.equal(all.embeddings.length, 250);
  assert.deepEqual(all.embeddings[249], (await client.embed({ model: EMBEDDING_MODEL, input: 'text 249' })).embeddings[0]);
  assert.ok((await client.embeddings({ model: EMBEDDING_MODEL, prompt: 'one' })).embedding.length > 0);
});

test('models, and what they can', async () => {
  const { models } = await client.list();
  assert.ok(models.some(({ name, model }) => name === MODEL && model === MODEL));
  assert.ok(models.every(({ digest, details }) => /^[0-9a-f]{64}$/.test(digest) && details.family));
  assert.ok(!models.some(({ name }) => name === 'gemini-omni-flash'), 'one that only interacts');
  const shown = await client.show({ model: `${MODEL}:latest` });
  assert.deepEqual(shown.capabilities, ['completion', 'tools', 'vision', 'thinking']);
  assert.equal(shown.model_info['general.architecture'], 'gemini');
  assert.equal(shown.model_info['gemini.context_length'], 1048576);
  assert.deepEqual((await client.show({ model: EMBEDDING_MODEL })).capabilities, ['embedding']);
  const alias = (await client.show({ model: 'llama3.2' })).model_info;
  assert.equal(alias['general.basename'], 'llama3.2 (Gemini 3.5 Flash)');
  assert.equal(alias['gemini.context_length'], 1048576);
  assert.match((await failure(client.show({ model: 'no-such-model' }))).message, /not found/);
  assert.deepEqual((await client.ps()).models, []);
});

test('names with a tag, and of other models', async () => {
  assert.equal((await say('x', { model: `${MODEL}:latest` })).model, MODEL);
  assert.equal((await say('x', { model: 'llama3.2:latest' })).model, 'gemini-3.5-flash');
});

test("VS Code's handshake", async () => {
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const { version } = await (await fetch(`${stage.url}/api/version`)).json();
  assert.match(version, /^\d+\.\d+\.\d+$/);
  const [major, minor, patch] = version.split('.').map(Number);
  assert.ok(major > 0 || minor > 6 || (minor === 6 && patch >= 4), version);
  const { models } = await (await fetch(`${stage.url}/api/tags`, { headers })).json();
  for (const { model } of models) {
    const shown = await (await fetch(`${stage.url}/api/show`, { method: 'POST', headers, body: JSON.stringify({ model }) })).json();
    assert.ok(Array.isArray(shown.capabilities));
    assert.ok(shown.model_info[`${shown.model_info['general.architecture']}.context_length`] > 0, model);
  }
  const chat = new OpenAI({ apiKey: TOKEN, baseURL: `${stage.url}/v1`, maxRetries: 0 });
  const stream = await chat.chat.completions.create({ ...question('x'), model: `${MODEL}:latest`, stream: true });
  assert.equal((await chat.models.retrieve(`${MODEL}:latest`)).id, MODEL);
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
  assert.match(text, /said "x"/);
});

test('errors are told in words', async () => {
  const nobody = await failure(ollama({}).chat(question('x')));
  assert.equal(nobody.status_code, 401);
  assert.match(nobody.message, /OLLAMA_OPEN/);
  assert.equal((await failure(ollama({ Authorization: 'Bearer wrong' }).chat(question('x')))).status_code, 401);
  const bad = await failure(say('x', { format: 'xml' }));
  assert.equal(bad.status_code, 400);
  assert.match(bad.message, /format/);
  assert.equal((await failure(say('x', { model: 'no-such-model' }))).status_code, 404);
  await stage.script({ model: 'gemini-3.7-flash', fault: 'minute-quota', seconds: 40 });
  assert.equal((await failure(say('x', { model: 'gemini-3.7-flash', stream: true }))).status_code, 429);
  await stage.script({ model: 'gemini-3.8-flash', fault: 'overloaded' });
  assert.equal((await failure(say('x', { model: 'gemini-3.8-flash' }))).status_code, 503);
});

test('what a server with models of its own would do', async () => {
  for (const call of [
    () => client.pull({ model: MODEL }), () => client.push({ model: MODEL }), () => client.create({ model: 'x', from: MODEL }),
    () => client.copy({ source: MODEL, destination: 'x' }), () => client.delete({ model: MODEL }),
  ]) {
    const error = await failure(call());
    assert.equal(error.status_code, 501);
    assert.match(error.message, /Google's/);
  }
});

test('an aborted stream is cancelled upstream', async () => {
  const stream = await say('[[chunks=100 delay=50]]', { stream: true });
  const error = await failure((async () => {
    for await (const _ of stream) stream.abort();
  })());
  assert.equal(error.name, 'AbortError');
  const seen = await until(async () => (await stage.seen(/stream/)).find((request) => request.ended));
  assert.ok(seen.closedEarly);
});

for (const fault of ['error-event', 'raw-error-tail', 'reset-mid-body', 'reset-mid-event', 'truncated-body']) {
  test(`a break in the middle is told, not hidden: ${fault}`, async () => {
    await stage.script({ fault, times: 1 });
    let text = '';
    const error = await failure((async () => {
      for await (const { message } of await say('Broken [[chunks=4]]', { stream: true, think: false })) text += message.content;
    })());
    assert.match(text, /^Echo/);
    assert.doesNotMatch(error.message, /Did not receive done/);
  });
}

test('another key is asked when one fails', async () => {
  await stage.script({ fault: 'minute-quota', key: KEYS[0] });
  await stage.script({ fault: 'internal-error', key: KEYS[1] });
  for (let i = 0; i < KEYS.length; ++i) assert.equal((await say('x')).done_reason, 'stop');
});
