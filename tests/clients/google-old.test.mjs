// @google/generative-ai, Google's SDK before @google/genai, which much software still has.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import {
  FunctionCallingMode, GoogleGenerativeAI, GoogleGenerativeAIFetchError, SchemaType,
} from '@google/generative-ai';
import { GoogleAIFileManager } from '@google/generative-ai/server';

import { EMBEDDING_MODEL, failure, KEYS, lastBody, MODEL, OLD_MODEL, PNG, Stage, TOKEN, until } from './harness.mjs';

let stage;
before(async () => {
  stage = await Stage.start();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const model = (more = {}, token = TOKEN) =>
  new GoogleGenerativeAI(token).getGenerativeModel({ model: MODEL, ...more }, { baseUrl: stage.url });
const TOOLS = [{ functionDeclarations: [
  { name: 'weather', description: 'Tells the weather.', parameters: {
    type: SchemaType.OBJECT, properties: { city: { type: SchemaType.STRING } }, required: ['city'] } },
  { name: 'clock', description: 'Tells the time.' },
] }];
const ORDER = 'Please call tool weather with {"city":"Oslo"} and call tool clock with {} then call tool clock with {}.';
const results = (calls) => calls.map(({ name }) => ({ functionResponse: { name, response: { of: name } } }));

test('a text and what it used', async () => {
  const { response } = await model({ systemInstruction: 'Be brief.' }).generateContent('Hello there');
  assert.match(response.text(), /Be brief\..*said "Hello there"/s);
  const usage = response.usageMetadata;
  assert.equal(usage.totalTokenCount, usage.promptTokenCount + usage.candidatesTokenCount + 12);
});

test('a stream and what it used', async () => {
  const { stream, response } = await model().generateContentStream('Hello stream [[chunks=5]]');
  const pieces = [];
  for await (const piece of stream) pieces.push(piece.text());
  assert.match(pieces.join(''), /said "Hello stream/);
  assert.ok(pieces.filter(Boolean).length >= 4);
  assert.ok((await response).usageMetadata.totalTokenCount > 12);
});

test('a chat with tools in rounds', async () => {
  const chat = model({ tools: TOOLS }).startChat();
  let { response } = await chat.sendMessage(ORDER);
  for (const expected of [['weather', 'clock'], ['clock']]) {
    const calls = response.functionCalls();
    assert.deepEqual(calls.map((call) => call.name), expected);
    ({ response } = await chat.sendMessage(results(calls)));
  }
  assert.match(response.text(), /clock=/);
  const calls = (await lastBody(stage)).contents.flatMap((turn) => turn.parts).filter((part) => part.functionCall);
  assert.deepEqual(calls.map((part) => Boolean(part.thoughtSignature)), [true, false, true]);
});

// In streams this SDK drops the signatures, so only models that ask for none can go on.
test('a streamed chat with tools in rounds', async () => {
  const chat = model({ model: OLD_MODEL, tools: TOOLS }).startChat();
  let message = 'Please call tool clock with {} then call tool clock with {}.';
  for (let round = 0; round < 2; ++round) {
    const { response } = await chat.sendMessageStream(message);
    const calls = (await response).functionCalls();
    assert.deepEqual(calls.map((call) => call.name), ['clock']);
    message = results(calls);
  }
  assert.match((await (await chat.sendMessageStream(message)).response).text(), /clock=/);
});

test('a tool that must be called', async () => {
  const { response } = await model({
    tools: TOOLS,
    toolConfig: { functionCallingConfig: { mode: FunctionCallingMode.ANY, allowedFunctionNames: ['clock'] } },
  }).generateContent('x');
  assert.deepEqual(response.functionCalls().map((call) => call.name), ['clock']);
});

test('structured output', async () => {
  const { response } = await model({ generationConfig: {
    responseMimeType: 'application/json',
    responseSchema: { type: SchemaType.OBJECT, properties: {
      zulu: { type: SchemaType.STRING }, count: { type: SchemaType.INTEGER } }, required: ['zulu', 'count'] },
  } }).generateContent('x');
  assert.deepEqual(Object.keys(JSON.parse(response.text())), ['zulu', 'count']);
});

test('a picture goes in', async () => {
  const { response } = await model().generateContent(
    ['What is this?', { inlineData: { mimeType: 'image/png', data: PNG } }]);
  assert.match(response.text(), new RegExp(`parts text image/png:${Buffer.from(PNG, 'base64').length}`));
});

test('tokens are counted, words embedded', async () => {
  assert.ok((await model().countTokens('one two three')).totalTokens > 0);
  const { embeddings } = await model({ model: EMBEDDING_MODEL }).batchEmbedContents({ requests: ['one', 'two'].map(
    (text) => ({ content: { role: 'user', parts: [{ text }] } })) });
  assert.equal(embeddings.length, 2);
});

test('a file goes up and is read', async () => {
  const path = join(stage.folder, 'notes.txt');
  await writeFile(path, 'some words');
  const files = new GoogleAIFileManager(TOKEN, { baseUrl: stage.url });
  const { file } = await files.uploadFile(path, { mimeType: 'text/plain', displayName: 'notes' });
  assert.equal((await files.getFile(file.name)).sizeBytes, '10');
  for (let i = 0; i < KEYS.length; ++i) {
    const { response } = await model().generateContent(
      ['read', { fileData: { mimeType: file.mimeType, fileUri: file.uri } }]);
    assert.match(response.text(), /file:text\/plain/);
  }
  await files.deleteFile(file.name);
});

test('a refused token', async () => {
  const error = await failure(model({}, 'wrong-token-here').generateContent('x'));
  assert.ok(error instanceof GoogleGenerativeAIFetchError, error);
  assert.equal(error.status, 401);
  assert.match(error.message, /not known to this gateway/);
  assert.equal(error.errorDetails.find((detail) => detail.reason)?.domain !== undefined, true);
  assert.equal((await stage.seen()).length, 0);
});

test('an unknown model', async () => {
  const error = await failure(model({ model: 'gemini-0-none' }).generateContent('x'));
  assert.ok(error instanceof GoogleGenerativeAIFetchError, error);
  assert.equal(error.status, 404);
});

test('an overloaded Google', async () => {
  await stage.script({ model: 'gemini-3.8-flash', fault: 'overloaded' }); // the gateway lets it rest afterwards
  for (const ask of ['generateContent', 'generateContentStream']) {
    const error = await failure(model({ model: 'gemini-3.8-flash' })[ask]('x'));
    assert.ok(error instanceof GoogleGenerativeAIFetchError, error);
    assert.equal(error.status, 503);
    assert.match(error.message, /overloaded/);
    for (const key of KEYS) assert.ok(!error.message.includes(key));
  }
});

test('all keys resting: the wait is told', async () => {
  await stage.script({ model: 'gemini-3.7-flash', fault: 'minute-quota', seconds: 40 });
  const error = await failure(model({ model: 'gemini-3.7-flash' }).generateContent('x'));
  assert.equal(error.status, 429);
  const wait = error.errorDetails.find((detail) => /RetryInfo$/.test(detail['@type'])).retryDelay;
  assert.ok(parseFloat(wait) > 30, wait);
});

test('who leaves stops the stream', async () => {
  const controller = new AbortController();
  const { stream, response } = await model().generateContentStream(
    '[[chunks=100 delay=50]]', { signal: controller.signal });
  response.catch(() => {});
  await assert.rejects(async () => {
    for await (const piece of stream) if (piece.text()) controller.abort();
  });
  await until(async () => (await stage.seen(/stream/)).some((request) => request.closedEarly));
});
