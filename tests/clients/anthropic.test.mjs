import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import Anthropic from '@anthropic-ai/sdk';

import { countingFetch, failure, KEYS, lastBody, MODEL, OLD_MODEL, PNG, Stage, TOKEN, until } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start({ settings: { HEARTBEAT_INTERVAL: '1' } });
  client = anthropic();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const anthropic = (options = {}) =>
  new Anthropic({ apiKey: TOKEN, authToken: null, baseURL: stage.url, maxRetries: 0, ...options });
const question = (content, more = {}) =>
  ({ model: MODEL, max_tokens: 1000, messages: [{ role: 'user', content }], ...more });
const say = (content, more = {}) => client.messages.create(question(content, more));
const textOf = (message) => message.content.filter(({ type }) => type === 'text').map(({ text }) => text).join('');

const TOOLS = [
  {
    name: 'weather',
    description: 'Tells the weather.',
    input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
  { name: 'clock', description: 'Tells the time.', input_schema: { type: 'object', properties: {} } },
];
const ORDER = 'Please call tool weather with {"city":"Oslo"} and call tool clock with {}.';
const results = (message) =>
  message.content
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, name }) => ({ type: 'tool_result', tool_use_id: id, content: JSON.stringify({ of: name }) }));

test('a plain question', async () => {
  const message = await say('Hello there', { system: 'Be brief.' });
  assert.equal(message.type, 'message');
  assert.match(message.id, /^msg_/);
  assert.equal(message.role, 'assistant');
  assert.equal(message.model, MODEL);
  assert.equal(message.stop_reason, 'end_turn');
  assert.match(textOf(message), /Be brief\..*said "Hello there"/s);
  assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
  assert.equal(message.usage.cache_read_input_tokens, 0);
  assert.ok(message._request_id);
});

test('both credentials and both base paths', async () => {
  const bearer = anthropic({ apiKey: null, authToken: TOKEN, baseURL: `${stage.url}/anthropic` });
  assert.equal((await bearer.messages.create(question('x'))).stop_reason, 'end_turn');
  const models = await bearer.models.list();
  assert.ok(models.data.some(({ id, type }) => id === MODEL && type === 'model'));
  assert.equal((await client.models.retrieve(MODEL)).id, MODEL);
});

test("Claude's names work", async () => {
  const message = await say('x', { model: 'claude-sonnet-4-5-20250929' });
  assert.equal(message.model, 'gemini-3.8-flash');
  assert.match((await stage.seen(/enerateContent/)).at(-1).path, /gemini-3\.8-flash/);
});

test('a stream and its helper', async () => {
  const events = [];
  const stream = client.messages.stream(question('Hello stream [[chunks=5]]'));
  stream.on('streamEvent', (event) => events.push(event.type));
  const message = await stream.finalMessage();
  assert.match(textOf(message), /said "Hello stream/);
  assert.equal(message.stop_reason, 'end_turn');
  assert.ok(message.usage.output_tokens > 0);
  assert.equal(events[0], 'message_start');
  assert.equal(events.at(-1), 'message_stop');
  assert.ok(events.filter((type) => type === 'content_block_delta').length >= 5);
});

test('events come as they are made', async () => {
  const begun = Date.now();
  const times = [];
  for await (const event of await say('[[chunks=5 delay=100]] slowly', { stream: true })) {
    if (event.type === 'content_block_delta') times.push(Date.now() - begun);
  }
  assert.ok(times.at(-1) - times[0] > 300, `${times}`);
});

test('pings do no harm', async () => {
  const message = await client.messages.stream(question('[[chunks=2 delay=1500]] slowly')).finalMessage();
  assert.equal(message.stop_reason, 'end_turn');
});

for (const thinking of [undefined, { type: 'enabled', budget_tokens: 2048 }, { type: 'adaptive' }]) {
  for (const model of [MODEL, OLD_MODEL]) {
    test(`a loop of tools, ${model}, thinking ${thinking?.type ?? 'off'}`, async () => {
      const request = question(ORDER, { model, tools: TOOLS, ...(thinking && { thinking, max_tokens: 4000 }) });
      for (const first of [
        await client.messages.create(request),
        await client.messages.stream(request).finalMessage(),
      ]) {
        assert.equal(first.stop_reason, 'tool_use');
        const uses = first.content.filter(({ type }) => type === 'tool_use');
        assert.deepEqual(uses.map(({ name, input }) => [name, input]), [['weather', { city: 'Oslo' }], ['clock', {}]]);
        assert.notEqual(uses[0].id, uses[1].id);
        assert.equal(first.content.some(({ type }) => type === 'thinking'), thinking !== undefined);
        const second = await client.messages.create({
          ...request,
          messages: [
            ...request.messages,
            { role: 'assistant', content: first.content },
            { role: 'user', content: results(first) },
          ],
        });
        assert.equal(second.stop_reason, 'end_turn');
        assert.match(textOf(second), /weather=.*clock=/s);
        assert.doesNotMatch(JSON.stringify(await lastBody(stage)), /skip_thought_signature_validator/);
      }
    });
  }
}

test('signatures outlive a client that drops thinking, and a restart', async () => {
  const request = question(ORDER, { tools: TOOLS });
  const first = await client.messages.create(request);
  await stage.restartGateway();
  client = anthropic();
  await client.messages.create({
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', content: first.content.filter(({ type }) => type === 'tool_use') },
      { role: 'user', content: results(first) },
    ],
  });
  assert.doesNotMatch(JSON.stringify(await lastBody(stage)), /skip_thought_signature_validator/);
});

test('one tool is forced, and only one call made', async () => {
  const message = await say('x', { tools: TOOLS, tool_choice: { type: 'tool', name: 'clock' } });
  assert.deepEqual(message.content.map(({ type, name }) => [type, name]), [['tool_use', 'clock']]);
  const single = await say(ORDER, { tools: TOOLS, tool_choice: { type: 'auto', disable_parallel_tool_use: true } });
  assert.equal(single.content.filter(({ type }) => type === 'tool_use').length, 1);
});

test('images and documents', async () => {
  const size = Buffer.from(PNG, 'base64').length;
  const message = await say([
    { type: 'text', text: 'Look' },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
    { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PNG } },
  ]);
  assert.match(textOf(message), new RegExp(`image/png:${size} application/pdf:${size}`));
});

test('a result with a picture, and one that failed', async () => {
  const request = question(ORDER, { tools: TOOLS });
  const first = await client.messages.create(request);
  const [weather, clock] = results(first);
  const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } };
  const second = await client.messages.create({
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', content: first.content },
      {
        role: 'user',
        content: [
          { ...weather, content: [{ type: 'text', text: 'sun' }, picture] },
          { ...clock, is_error: true, content: 'stopped' },
        ],
      },
    ],
  });
  assert.equal(second.stop_reason, 'end_turn');
  const parts = (await lastBody(stage)).contents.at(-1).parts;
  assert.equal(parts[0].functionResponse.parts[0].inlineData.mimeType, 'image/png');
  assert.deepEqual(parts[1].functionResponse.response, { error: 'stopped' });
});

test('a JSON schema', async () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'], additionalProperties: false };
  const message = await say('x', { output_config: { format: { type: 'json_schema', schema } } });
  assert.equal(typeof JSON.parse(textOf(message)).n, 'number');
});

test('a search: its results, and words that cite them', async () => {
  const request = question('[[text=Oslo-it-is found]]', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] });
  const whole = await client.messages.create(request);
  assert.deepEqual(whole.content.map(({ type }) => type), ['server_tool_use', 'web_search_tool_result', 'text', 'text']);
  assert.equal(whole.content[1].tool_use_id, whole.content[0].id);
  assert.deepEqual(whole.content[1].content.map(({ url }) => url), ['https://example.org/a', 'https://example.org/b']);
  assert.equal(whole.content[2].text, 'Oslo');
  assert.deepEqual(whole.content[2].citations.map(({ type, title }) => [type, title]),
    [['web_search_result_location', 'Page a'], ['web_search_result_location', 'Page b']]);
  assert.equal(whole.usage.server_tool_use.web_search_requests, 1);
  const cited = [];
  const stream = client.messages.stream(request);
  stream.on('citation', (citation) => cited.push(citation));
  const streamed = await stream.finalMessage();
  assert.deepEqual(streamed.content.map(({ type }) => type), ['text', 'server_tool_use', 'web_search_tool_result']);
  assert.deepEqual(streamed.content[0].citations, whole.content[2].citations);
  assert.deepEqual(cited, whole.content[2].citations);
  const next = await client.messages.create({ ...request, messages: [
    ...request.messages, { role: 'assistant', content: whole.content }, { role: 'user', content: 'And now?' }] });
  assert.equal(next.stop_reason, 'end_turn');
});

for (const [version, name] of [['20250522', 'code_execution'], ['20250825', 'bash_code_execution']]) {
  test(`code that ran, and goes back: ${version}`, async () => {
    const request = question('[[code]] How much?', { tools: [{ type: `code_execution_${version}`, name: 'code_execution' }] });
    for (const message of [
      await client.messages.create(request),
      await client.messages.stream(request).finalMessage(),
    ]) {
      const [use, result] = message.content;
      assert.deepEqual([use.type, use.name], ['server_tool_use', name]);
      assert.match(use.input.code ?? use.input.command, /print\(6 \* 7\)/);
      assert.deepEqual([result.type, result.tool_use_id], [`${name}_tool_result`, use.id]);
      assert.deepEqual([result.content.stdout, result.content.return_code], ['42\n', 0]);
      assert.equal(message.stop_reason, 'end_turn');
      const next = await client.messages.create({ ...request, messages: [
        ...request.messages, { role: 'assistant', content: message.content }, { role: 'user', content: 'And now?' }] });
      assert.equal(next.stop_reason, 'end_turn');
      const parts = (await lastBody(stage)).contents[1].parts;
      assert.deepEqual(parts[0].executableCode, { language: 'PYTHON', code: 'print(6 * 7)\n' });
      assert.ok(parts[0].thoughtSignature);
      assert.deepEqual(parts[1].codeExecutionResult, { outcome: 'OUTCOME_OK', output: '42\n' });
    }
  });
}

test('limits and stops', async () => {
  assert.equal((await say('x'.repeat(200), { max_tokens: 5 })).stop_reason, 'max_tokens');
  const stops = { stop_sequences: ['three', '-two'] };
  const stopped = await say('[[text=one-two]]', stops);
  assert.equal(textOf(stopped), 'one');
  assert.deepEqual([stopped.stop_reason, stopped.stop_sequence], ['stop_sequence', '-two']);
  const streamed = await client.messages.stream(question('[[text=one-two chunks=7]]', stops)).finalMessage();
  assert.deepEqual([textOf(streamed), streamed.stop_reason, streamed.stop_sequence], ['one', 'stop_sequence', '-two']);
  const whole = await say('[[text=one-two]]', { stop_sequences: ['three'] });
  assert.deepEqual([textOf(whole), whole.stop_reason, whole.stop_sequence], ['one-two', 'end_turn', null]);
});

test('a blocked prompt and a blocked answer are refusals', async () => {
  assert.equal((await say('[[block=PROHIBITED_CONTENT]] x')).stop_reason, 'refusal');
  const stream = client.messages.stream(question('[[finish=SAFETY]] x'));
  assert.equal((await stream.finalMessage()).stop_reason, 'refusal');
});

test('tokens are counted', async () => {
  const short = await client.messages.countTokens({ model: MODEL, messages: [{ role: 'user', content: 'x' }] });
  const long = await client.messages.countTokens({
    model: MODEL, system: 'A system text.', tools: TOOLS, messages: [{ role: 'user', content: 'x'.repeat(400) }],
  });
  assert.ok(short.input_tokens > 0 && long.input_tokens > short.input_tokens + 100);
});

test('errors are of the right class', async () => {
  const refused = countingFetch();
  const wrong = await failure(
    anthropic({ apiKey: 'wrong', fetch: refused, maxRetries: 3 }).messages.create(question('x')));
  assert.ok(wrong instanceof Anthropic.AuthenticationError);
  assert.equal(wrong.headers.get('x-should-retry'), 'false');
  assert.equal(refused.count, 1);
  assert.ok(await failure(say('x', { model: 'no-such-model' })) instanceof Anthropic.NotFoundError);
  const bad = await failure(say('x', { max_tokens: undefined }));
  assert.ok(bad instanceof Anthropic.BadRequestError);
  assert.equal(bad.error.error.type, 'invalid_request_error');
  assert.match(bad.error.error.message, /max_tokens/);
  await stage.script({ model: 'gemini-3.7-flash', fault: 'minute-quota', seconds: 40 });
  const limited = await failure(say('x', { model: 'gemini-3.7-flash' }));
  assert.ok(limited instanceof Anthropic.RateLimitError);
  assert.ok(Number(limited.headers.get('retry-after')) > 30);
  await stage.script({ model: 'gemini-3.8-flash', fault: 'overloaded' });
  const overloaded = await failure(say('x', { model: 'gemini-3.8-flash' }));
  assert.equal(overloaded.status, 529);
  assert.equal(overloaded.error.error.type, 'overloaded_error');
});

test('an aborted stream is cancelled upstream', async () => {
  const stream = client.messages.stream(question('[[chunks=100 delay=50]]'));
  stream.on('text', () => stream.abort());
  assert.ok(await failure(stream.finalMessage()) instanceof Anthropic.APIUserAbortError);
  const seen = await until(async () => (await stage.seen(/stream/)).find((request) => request.ended));
  assert.ok(seen.closedEarly);
});

for (const fault of ['error-event', 'raw-error-tail', 'reset-mid-body', 'reset-mid-event', 'truncated-body']) {
  test(`a break in the middle is told, not hidden: ${fault}`, async () => {
    await stage.script({ fault, times: 1 });
    const stream = client.messages.stream(question('Broken [[chunks=4]]'));
    let text = '';
    stream.on('text', (piece) => (text += piece));
    const error = await failure(stream.finalMessage());
    assert.ok(error instanceof Anthropic.APIError, `${error}`);
    assert.match(text, /^Echo/);
  });
}

test('another key is asked when one fails', async () => {
  await stage.script({ fault: 'minute-quota', key: KEYS[0] });
  await stage.script({ fault: 'internal-error', key: KEYS[1] });
  for (let i = 0; i < KEYS.length; ++i) assert.equal((await say('x')).stop_reason, 'end_turn');
});
