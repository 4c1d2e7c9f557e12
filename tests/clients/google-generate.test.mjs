import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { FunctionCallingConfigMode, Type } from '@google/genai';

import { EMBEDDING_MODEL, lastBody, MODEL, PNG, Stage, TOKEN, until } from './harness.mjs';

let stage;
let ai;
before(async () => {
  stage = await Stage.start();
  ai = stage.google();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

test('generateContent', async () => {
  const answer = await ai.models.generateContent({ model: MODEL, contents: 'Hello' });
  assert.match(answer.text, /said "Hello"/);
  assert.equal(answer.usageMetadata.thoughtsTokenCount, 12);
  const [seen] = await stage.seen(/generateContent/);
  assert.equal(seen.keyPlace, 'header');
  assert.ok(!seen.headers.authorization && !/key=/.test(seen.query));
});

test('the prefix /gemini', async () => {
  const other = stage.google({ httpOptions: { baseUrl: `${stage.url}/gemini` } });
  assert.match((await other.models.generateContent({ model: MODEL, contents: 'Hello' })).text, /said "Hello"/);
});

test('the body goes as the client wrote it', async () => {
  const body = '{ "contents" : [{"parts":[{"text":"as it is"}]}],\n "generationConfig":{"topK":3e0} }';
  const answer = await fetch(`${stage.url}/v1beta/models/${MODEL}:generateContent?key=${TOKEN}&x=1`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', 'x-goog-api-client': 'own/1' },
  });
  assert.equal(answer.status, 200);
  const [seen] = await stage.seen(/generateContent/);
  assert.equal(seen.body, body);
  assert.equal(seen.query, 'x=1');
  assert.equal(seen.headers['x-goog-api-client'] ?? seen.headers['X-Goog-Api-Client'], 'own/1');
});

test('a streamed answer', async () => {
  let text = '';
  let last;
  for await (const chunk of await ai.models.generateContentStream({ model: MODEL, contents: 'Stream [[chunks=6]]' })) {
    text += chunk.text ?? '';
    last = chunk;
  }
  assert.match(text, /said "Stream/);
  assert.equal(last.candidates[0].finishReason, 'STOP');
  const usage = last.usageMetadata;
  assert.equal(usage.totalTokenCount, usage.promptTokenCount + usage.candidatesTokenCount + usage.thoughtsTokenCount);
});

test('a stream as a JSON array', async () => {
  const answer = await fetch(`${stage.url}/v1beta/models/${MODEL}:streamGenerateContent`, {
    method: 'POST',
    headers: { 'x-goog-api-key': TOKEN },
    body: JSON.stringify({ contents: [{ parts: [{ text: 'array' }] }] }),
  });
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  const all = await answer.json();
  assert.match(all.map((chunk) => chunk.candidates[0].content.parts[0].text).join(''), /said "array"/);
});

test('a chat with thoughts', async () => {
  const chat = ai.chats.create({ model: MODEL, config: { thinkingConfig: { includeThoughts: true } } });
  await chat.sendMessage({ message: 'one' });
  const second = await chat.sendMessage({ message: 'two' });
  assert.match(second.text, /3 turns/);
  let streamed = '';
  for await (const chunk of await chat.sendMessageStream({ message: 'three' })) streamed += chunk.text ?? '';
  assert.match(streamed, /5 turns/);
});

test('images, system instruction and configuration', async () => {
  const answer = await ai.models.generateContent({
    model: MODEL,
    contents: ['look', { inlineData: { mimeType: 'image/png', data: PNG } }],
    config: {
      systemInstruction: 'Be brief.',
      maxOutputTokens: 500,
      responseMimeType: 'application/json',
      responseSchema: { type: Type.OBJECT, properties: { a: { type: Type.STRING } } },
    },
  });
  assert.deepEqual(JSON.parse(answer.text), { a: 'text' });
  assert.equal((await lastBody(stage)).systemInstruction.parts[0].text, 'Be brief.');
});

test('functions', async () => {
  const config = {
    tools: [{ functionDeclarations: [{ name: 'f', parameters: { type: Type.OBJECT, properties: { a: { type: Type.INTEGER } } } }] }],
    toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
  };
  const first = await ai.models.generateContent({ model: MODEL, contents: 'x', config });
  assert.deepEqual(first.functionCalls[0].args, { a: 1 });
  const second = await ai.models.generateContent({
    model: MODEL,
    contents: [
      { role: 'user', parts: [{ text: 'x' }] },
      first.candidates[0].content,
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: { b: 2 } } }] },
    ],
  });
  assert.match(second.text, /f=\{"b":2\}/);
});

for (const streamed of [false, true]) {
  test(`a chat with tools in rounds, streamed ${streamed}`, async () => {
    const declared = (name, parametersJsonSchema) => ({ name, description: `Does ${name}.`, parametersJsonSchema });
    const chat = ai.chats.create({ model: MODEL, config: { tools: [{ functionDeclarations: [
      declared('weather', { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
      declared('clock', { type: 'object', properties: {} }),
    ] }] } });
    // Of a stream this SDK keeps a turn for each piece, so that parallel calls would be turns apart.
    let message = `Please call tool weather with {"city":"Oslo"} ${streamed ? 'then' : 'and'} call tool clock with {}.`;
    for (const expected of streamed ? [['weather'], ['clock']] : [['weather', 'clock']]) {
      const calls = [];
      if (streamed) {
        for await (const chunk of await chat.sendMessageStream({ message })) calls.push(...(chunk.functionCalls ?? []));
      } else {
        calls.push(...(await chat.sendMessage({ message })).functionCalls);
      }
      assert.deepEqual(calls.map((call) => call.name), expected);
      message = calls.map(({ id, name }) => ({ functionResponse: { id, name, response: { of: name } } }));
    }
    assert.match((await chat.sendMessage({ message })).text, /clock=/);
    const calls = (await lastBody(stage)).contents.flatMap((turn) => turn.parts).filter((part) => part.functionCall);
    assert.deepEqual(calls.map((part) => Boolean(part.thoughtSignature)), streamed ? [true, true] : [true, false]);
  });
}

test('a JSON schema', async () => {
  const responseJsonSchema = {
    type: 'object', properties: { zulu: { type: 'string' }, alpha: { type: ['integer', 'null'] } },
    required: ['zulu', 'alpha'],
  };
  const answer = await ai.models.generateContent({
    model: MODEL, contents: 'x', config: { responseMimeType: 'application/json', responseJsonSchema } });
  assert.deepEqual(Object.keys(JSON.parse(answer.text)), ['zulu', 'alpha']);
});

test('countTokens and embedContent', async () => {
  assert.ok((await ai.models.countTokens({ model: MODEL, contents: 'count me' })).totalTokens > 0);
  const embedded = await ai.models.embedContent({
    model: EMBEDDING_MODEL, contents: ['a', 'b'], config: { outputDimensionality: 3 },
  });
  assert.equal(embedded.embeddings.length, 2);
  assert.equal(embedded.embeddings[0].values.length, 3);
});

test('models, page by page', async () => {
  const names = [];
  for await (const model of await ai.models.list({ config: { pageSize: 5 } })) names.push(model.name);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes(`models/${MODEL}`), `${names}`);
  assert.equal((await ai.models.get({ model: MODEL })).name, `models/${MODEL}`);
});

test('errors in Gemini’s shape', async () => {
  await assert.rejects(ai.models.generateContent({ model: 'no-such-model', contents: 'x' }), { status: 404 });
  await assert.rejects(
    ai.models.generateContent({ model: MODEL, contents: 'x', config: { candidateCount: 9 } }), (error) => {
      assert.equal(error.status, 400);
      assert.match(error.message, /candidate_count/);
      return true;
    });
  assert.equal((await stage.seen(/gemini-3.6-flash:generateContent/)).length, 1);
  await assert.rejects(
    stage.google({ apiKey: 'wrong' }).models.generateContent({ model: MODEL, contents: 'x' }), (error) => {
      assert.equal(error.status, 401);
      assert.equal(JSON.parse(error.message).error.code, error.status);
      return true;
    });
  await stage.script({ model: 'gemini-3.8-flash', fault: 'overloaded' }); // the gateway lets it rest afterwards
  await assert.rejects(ai.models.generateContent({ model: 'gemini-3.8-flash', contents: 'x' }), (error) => {
    assert.equal(error.status, 503);
    assert.equal(JSON.parse(error.message).error.status, 'UNAVAILABLE');
    return true;
  });
});

test('an abort reaches Google', async () => {
  const controller = new AbortController();
  await assert.rejects(async () => {
    const chunks = await ai.models.generateContentStream({
      model: MODEL, contents: '[[chunks=100 delay=50]]', config: { abortSignal: controller.signal },
    });
    for await (const chunk of chunks) {
      if (chunk) controller.abort();
    }
  });
  const seen = await until(async () => (await stage.seen(/stream/)).find((request) => request.ended));
  assert.ok(seen.closedEarly);
});

test('a break in the middle is no quiet end', async () => {
  for (const fault of ['error-event', 'reset-mid-event', 'truncated-body']) {
    await stage.reset();
    await stage.script({ fault, times: 1 });
    await assert.rejects(async () => {
      for await (const chunk of await ai.models.generateContentStream({ model: MODEL, contents: 'x' })) assert.ok(chunk);
    }, undefined, fault);
    assert.equal((await stage.seen(/stream/)).length, 1);
  }
});
