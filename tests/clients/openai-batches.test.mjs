import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import OpenAI, { toFile } from 'openai';

import { EMBEDDING_MODEL, lastBody, MODEL, PNG, Stage } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start({ settings: { MODEL_ALIASES: `gpt-4o=${MODEL}` } });
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const chat = (content, more = {}) => ({ model: MODEL, messages: [{ role: 'user', content }], ...more });
const line = (custom_id, body, url = '/v1/chat/completions') =>
  JSON.stringify({ custom_id, method: 'POST', url, body });
const lines = (...all) => toFile(Buffer.from(all.join('\n')), 'requests.jsonl');

async function batchOf(all, more = {}) {
  const file = await client.files.create({ purpose: 'batch', file: await lines(...all) });
  return client.batches.create({
    input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h', ...more });
}

async function ended(id) {
  for (let i = 0; i < 10; ++i) {
    const batch = await client.batches.retrieve(id);
    if (!['in_progress', 'cancelling', 'validating', 'finalizing'].includes(batch.status)) return batch;
  }
  throw new Error('the batch does not end');
}

async function linesOf(id) {
  const text = await (await client.files.content(id)).text();
  return new Map(text.trim().split('\n').map((one) => JSON.parse(one)).map((one) => [one.custom_id, one]));
}

test('a file for a model, named in a chat by its id', async () => {
  const file = await client.files.create({
    purpose: 'vision', file: await toFile(Buffer.from(PNG, 'base64'), 'dot.png', { type: 'image/png' }) });
  assert.match(file.id, /^file-/);
  assert.deepEqual([file.object, file.filename, file.purpose, file.status, file.bytes],
    ['file', 'dot.png', 'vision', 'processed', Buffer.from(PNG, 'base64').length]);
  assert.ok(Math.abs(file.created_at - Date.now() / 1000) < 60);
  for (let i = 0; i < 4; ++i) { // whichever key's turn it is: the one that owns the file is used
    const answer = await client.chat.completions.create(
      chat([{ type: 'text', text: 'Look' }, { type: 'file', file: { file_id: file.id } }]));
    assert.equal(answer.choices[0].finish_reason, 'stop');
  }
  const part = (await lastBody(stage)).contents[0].parts.find(({ fileData }) => fileData);
  assert.match(part.fileData.fileUri, new RegExp(`/files/${file.id.slice('file-'.length)}$`));
  assert.equal((await client.files.retrieve(file.id)).filename, 'dot.png');
  await assert.rejects(client.files.content(file.id), (error) => error.status === 400 && /downloaded/.test(error.message));
  assert.deepEqual(await client.files.delete(file.id), { id: file.id, object: 'file', deleted: true });
  await assert.rejects(client.files.retrieve(file.id), OpenAI.NotFoundError);
  await assert.rejects(
    client.chat.completions.create(chat([{ type: 'file', file: { file_id: file.id } }])), /permission|exist/);
});

test('files are listed, page by page, and by purpose', async () => {
  const made = [];
  for (const purpose of ['batch', 'user_data', 'batch'])
    made.push(await client.files.create({ purpose, file: await lines(line('a', chat('x'))) }));
  const seen = [];
  for await (const file of client.files.list({ limit: 2, order: 'asc' }))
    if (made.some(({ id }) => id === file.id)) seen.push(file.id);
  assert.deepEqual(seen, made.map(({ id }) => id).sort((a, b) => seen.indexOf(a) - seen.indexOf(b)));
  assert.equal(seen.length, 3);
  const page = await client.files.list({ purpose: 'user_data' });
  assert.ok(page.data.length > 0 && page.data.every(({ purpose }) => purpose === 'user_data'));
  const text = await (await client.files.content(made[0].id)).text();
  assert.equal(text, line('a', chat('x')));
});

test('a batch of chats', async () => {
  const made = await batchOf([
    line('one', chat('Hello batch')),
    line('tools', chat('Please call tool look with {"at":"x"}', {
      tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: { at: { type: 'string' } } } } }] })),
    line('alias', chat('By another name', { model: 'gpt-4o' })),
    line('wrong', chat('x', { temperature: 'hot' })),
    line('by url', chat([{ type: 'image_url', image_url: { url: 'http://127.0.0.1:1/x.png' } }])),
    line('broken', chat('x [[fault=internal-error]]')),
  ], { metadata: { for: 'a test' } });
  assert.match(made.id, /^batch_/);
  assert.equal(made.status, 'in_progress');
  assert.equal(made.request_counts.total, 6);
  assert.equal(made.output_file_id, null);
  const posted = (await stage.seen(/batchGenerateContent/)).map(({ body }) => JSON.parse(body));
  assert.equal(posted.length, 1);
  assert.equal(posted[0].batch.displayName, made.id);
  assert.deepEqual(posted[0].batch.inputConfig.requests.requests.map(({ metadata }) => metadata.key),
    ['one', 'tools', 'alias', 'broken']);

  await stage.restartGateway();
  client = stage.openai();
  const batch = await ended(made.id);
  assert.equal(batch.status, 'completed');
  assert.deepEqual(batch.request_counts, { total: 6, completed: 3, failed: 3 });
  assert.deepEqual(batch.metadata, { for: 'a test' });
  assert.ok(batch.completed_at >= batch.created_at);
  const answers = await linesOf(batch.output_file_id);
  assert.deepEqual([...answers.keys()].sort(), ['alias', 'one', 'tools']);
  const one = answers.get('one').response;
  assert.equal(one.status_code, 200);
  assert.equal(one.body.object, 'chat.completion');
  assert.equal(one.body.model, MODEL);
  assert.match(one.body.choices[0].message.content, /said "Hello batch"/);
  assert.ok(one.body.usage.total_tokens > 0);
  assert.equal(answers.get('tools').response.body.choices[0].message.tool_calls[0].function.name, 'look');
  const errors = await linesOf(batch.error_file_id);
  assert.deepEqual([...errors.keys()].sort(), ['broken', 'by url', 'wrong']);
  assert.equal(errors.get('wrong').response.status_code, 400);
  assert.match(errors.get('wrong').response.body.error.message, /temperature/);
  assert.match(errors.get('by url').response.body.error.message, /by URL/);
  assert.equal(errors.get('broken').response.status_code, 500);
  const output = await client.files.retrieve(batch.output_file_id);
  assert.equal(output.purpose, 'batch_output');
  assert.equal(output.bytes, (await (await client.files.content(output.id)).arrayBuffer()).byteLength);
});

test('a large batch goes as a file', async () => {
  const filler = 'word '.repeat(60000);
  const made = await batchOf(Array.from({ length: 5 }, (_, i) => line(`n${i}`, chat(`${i} ${filler}`))));
  const posted = JSON.parse((await stage.seen(/batchGenerateContent/)).at(-1).body);
  assert.match(posted.batch.inputConfig.fileName, /^files\//);
  const batch = await ended(made.id);
  assert.deepEqual(batch.request_counts, { total: 5, completed: 5, failed: 0 });
  assert.equal(batch.error_file_id, null);
  assert.equal((await linesOf(batch.output_file_id)).size, 5);
});

test('a batch of vectors', async () => {
  const url = '/v1/embeddings';
  const made = await batchOf([
    line('one', { model: EMBEDDING_MODEL, input: 'a' }, url),
    line('two', { model: EMBEDDING_MODEL, input: ['b', 'c'] }, url),
  ], { endpoint: url });
  const batch = await ended(made.id);
  assert.deepEqual(batch.request_counts, { total: 2, completed: 2, failed: 0 });
  const answers = await linesOf(batch.output_file_id);
  assert.equal(answers.get('one').response.body.data.length, 1);
  assert.deepEqual(answers.get('two').response.body.data.map(({ index }) => index), [0, 1]);
  const alone = await client.embeddings.create({ model: EMBEDDING_MODEL, input: 'c', encoding_format: 'float' });
  assert.deepEqual(answers.get('two').response.body.data[1].embedding, alone.data[0].embedding);
});

test('a batch of responses', async () => {
  const url = '/v1/responses';
  const made = await batchOf([
    line('one', { model: MODEL, input: 'Hello batch', instructions: 'Be brief.' }, url),
    line('behind', { model: MODEL, input: 'x', previous_response_id: 'resp_x' }, url),
    line('wrong', { model: MODEL }, url),
  ], { endpoint: url });
  const batch = await ended(made.id);
  assert.equal(batch.endpoint, url);
  assert.deepEqual(batch.request_counts, { total: 3, completed: 1, failed: 2 });
  const { body } = (await linesOf(batch.output_file_id)).get('one').response;
  assert.equal(body.object, 'response');
  assert.equal(body.status, 'completed');
  assert.equal(body.store, false);
  assert.match(body.id, /^resp_/);
  assert.match(body.output.at(-1).content[0].text, /said "Hello batch"/);
  const errors = await linesOf(batch.error_file_id);
  assert.match(errors.get('behind').response.body.error.message, /previous_response_id/);
  assert.match(errors.get('wrong').response.body.error.message, /input/);
});

test('two models, a cancelled batch, an expired one', async () => {
  const both = await batchOf([line('a', chat('x')), line('b', chat('x', { model: 'gemini-2.5-flash' }))]);
  assert.equal((await stage.seen(/batchGenerateContent/)).length, 2);
  assert.equal((await linesOf((await ended(both.id)).output_file_id)).size, 2);

  const one = await batchOf([line('a', chat('x'))]);
  assert.equal((await client.batches.cancel(one.id)).status, 'cancelling');
  const cancelled = await ended(one.id);
  assert.equal(cancelled.status, 'cancelled');
  assert.equal(cancelled.output_file_id, null);
  assert.equal((await linesOf(cancelled.error_file_id)).get('a').error.code, 'batch_cancelled');
  await assert.rejects(client.batches.cancel(one.id), OpenAI.ConflictError);

  const late = await ended((await batchOf([line('a', chat('x [[batch=EXPIRED]]'))])).id);
  assert.equal(late.status, 'expired');
  assert.equal((await linesOf(late.error_file_id)).get('a').error.code, 'batch_expired');
  const failed = await ended((await batchOf([line('a', chat('x [[batch=FAILED]]'))])).id);
  assert.equal(failed.status, 'failed');
  assert.match(failed.errors.data[0].message, /batch failed/);

  const listed = [];
  for await (const batch of client.batches.list({ limit: 2 })) listed.push(batch.id);
  assert.ok(listed.includes(both.id) && listed.includes(one.id) && listed.includes(late.id));
});

test('what is no batch is told', async () => {
  const failed = await batchOf(['{"custom_id":"a"', line('a', chat('x')), line('a', chat('x')), line('b', {}, '/v1/x')]);
  assert.equal(failed.status, 'failed');
  assert.deepEqual(failed.errors.data.map(({ code, line: number }) => [code, number]),
    [['invalid_json_line', 1], ['duplicate_custom_id', 3], ['mismatched_endpoint', 4]]);
  const file = await client.files.create({ purpose: 'user_data', file: await lines(line('a', chat('x'))) });
  const order = { input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h' };
  await assert.rejects(client.batches.create(order), /purpose 'batch'/);
  await assert.rejects(client.batches.create({ ...order, input_file_id: 'file-none' }), OpenAI.NotFoundError);
  await assert.rejects(client.batches.create({ ...order, endpoint: '/v1/completions' }), /endpoint/);
  await assert.rejects(client.batches.retrieve('batch_none'), OpenAI.NotFoundError);
  await assert.rejects(client.files.create({ purpose: 'fine-tune', file: await lines('x') }), /purpose/);
});
