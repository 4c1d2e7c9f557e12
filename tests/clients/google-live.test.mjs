// @google/genai's live sessions through the gateway, unchanged.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { GoogleGenAI, Modality } from '@google/genai';
import { WebSocket } from 'ws';

import { KEYS, Stage, TOKEN, until } from './harness.mjs';

const LIVE_MODEL = 'gemini-3.8-live';

let stage;
let ai;
before(async () => {
  stage = await Stage.start();
  ai = stage.google();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

// A session with what it hears gathered: text of the turns, other messages, its end.
async function connect({ client = ai, config = {}, model = LIVE_MODEL } = {}) {
  const heard = { text: '', messages: [], turns: 0, closed: null };
  heard.session = await client.live.connect({
    model,
    config: { responseModalities: [Modality.TEXT], ...config },
    callbacks: {
      onmessage: (message) => {
        heard.messages.push(message);
        for (const part of message.serverContent?.modelTurn?.parts ?? []) heard.text += part.text ?? '';
        if (message.serverContent?.turnComplete) ++heard.turns;
      },
      onerror: () => {},
      onclose: (event) => { heard.closed = event; },
    },
  });
  return heard;
}

const live = () => stage.seen(/^GET \/ws\//);

test('a text turn, with the pool’s key as the only credential', async () => {
  const heard = await connect();
  heard.session.sendClientContent({ turns: 'Hello there' });
  await until(() => heard.turns === 1);
  assert.equal(heard.text, 'You said Hello there');
  const usage = heard.messages.find((message) => message.usageMetadata).usageMetadata;
  assert.equal(usage.totalTokenCount, 14);
  heard.session.close();
  await until(() => heard.closed);
  const [seen] = await until(async () => (await live())[0]?.ended && live());
  assert.equal(seen.keyPlace, 'header');
  assert.ok(KEYS.includes(seen.key));
  assert.equal(seen.query, '');
  assert.ok(!JSON.stringify(seen.headers).includes(TOKEN));
  assert.equal(seen.closedEarly, false);
  assert.match(JSON.parse(seen.messages[0]).setup.model, /gemini-3\.8-live$/);
});

test('a tool call', async () => {
  const heard = await connect({
    config: { tools: [{ functionDeclarations: [{ name: 'lamp', parameters: { type: 'OBJECT', properties: {} } }] }] },
  });
  heard.session.sendClientContent({ turns: 'use the tool' });
  const call = await until(() => heard.messages.find((message) => message.toolCall)?.toolCall.functionCalls[0]);
  assert.equal(call.name, 'lamp');
  heard.session.sendToolResponse({ functionResponses: [{ id: call.id, name: call.name, response: { on: true } }] });
  await until(() => heard.turns === 1);
  assert.match(heard.text, /The tool said .*"on":true/);
  heard.session.close();
});

test('realtime input', async () => {
  const heard = await connect();
  heard.session.sendRealtimeInput({ audio: { data: 'A'.repeat(8192), mimeType: 'audio/pcm;rate=16000' } });
  const message = await until(() => heard.messages.find((one) => one.serverContent?.inputTranscription));
  assert.ok(Number(message.serverContent.inputTranscription.text) > 8192);
  heard.session.close();
});

test('Google’s closing comes through with code and reason', async () => {
  const heard = await connect();
  heard.session.sendClientContent({ turns: 'close 1008 The session took too long' });
  await until(() => heard.closed);
  assert.equal(heard.closed.code, 1008);
  assert.equal(heard.closed.reason, 'The session took too long');
});

test('a connection that breaks is told', async () => {
  const heard = await connect();
  heard.session.sendClientContent({ turns: 'cut' });
  await until(() => heard.closed);
  assert.equal(heard.closed.code, 1011);
});

test('a wrong token', async () => {
  await assert.rejects(connect({ client: stage.google({ apiKey: 'not-a-token' }) }), /401/);
  assert.equal((await live()).length, 0);
});

test('a model that does not speak live', async () => {
  await assert.rejects(connect({ model: 'gemini-3.6-flash' }), /gemini-3\.6-flash/);
  const answer = await ai.models.generateContent({ model: 'gemini-3.6-flash', contents: 'x' });
  assert.ok(answer.text);
});

for (const fault of ['invalid-key', 'suspended-key', 'minute-quota', 'overloaded', 'close-before-head']) {
  test(`${fault} before the session began: another key is asked`, async () => {
    const own = await Stage.start();
    try {
      await own.script({ key: '*', model: LIVE_MODEL, fault, times: 1 });
      const heard = await connect({ client: own.google() });
      heard.session.sendClientContent({ turns: 'Hello' });
      await until(() => heard.turns === 1);
      const seen = await own.seen(/^GET \/ws\//);
      assert.equal(seen.length, 2);
      if (fault !== 'overloaded') assert.notEqual(seen[0].key, seen[1].key);
      heard.session.close();
    } finally {
      await own.stop();
    }
  });
}

test('no key is in what a client is told', async () => {
  const own = await Stage.start({ settings: { MAX_RETRIES: '1' } });
  try {
    await own.script({ key: '*', model: LIVE_MODEL, fault: 'suspended-key' });
    const error = await connect({ client: own.google() }).then(() => null, (told) => told);
    assert.ok(error);
    for (const key of KEYS) assert.ok(!error.message.includes(key), error.message);
  } finally {
    await own.stop();
  }
});

test('a client that leaves ends the session at Google', async () => {
  const heard = await connect();
  heard.session.conn.ws.terminate();
  await until(async () => (await live())[0]?.ended);
});

test('a session is resumed with the key that began it', async () => {
  const first = await connect({ config: { sessionResumption: {} } });
  first.session.sendClientContent({ turns: 'Hello' });
  const update = await until(() => first.messages.find((one) => one.sessionResumptionUpdate?.newHandle));
  first.session.close();
  for (let i = 0; i < 4; ++i) {
    const next = await connect({
      config: { sessionResumption: { handle: update.sessionResumptionUpdate.newHandle } },
    });
    next.session.close();
  }
  assert.equal(new Set((await live()).map((request) => request.key)).size, 1);
});

test('an ephemeral token goes to Google as it is', async () => {
  const makers = stage.google({ httpOptions: { apiVersion: 'v1alpha', baseUrl: stage.url } });
  const token = await makers.authTokens.create({ config: { uses: 1 } });
  assert.match(token.name, /^auth_tokens\//);
  const browser = new GoogleGenAI({
    apiKey: token.name, httpOptions: { apiVersion: 'v1alpha', baseUrl: stage.url },
  });
  const heard = await connect({ client: browser });
  heard.session.sendClientContent({ turns: 'Hello' });
  await until(() => heard.turns === 1);
  heard.session.close();
  const [seen] = await live();
  assert.equal(seen.keyPlace, 'token');
  assert.match(seen.path, /Constrained$/);
  const stranger = new GoogleGenAI({
    apiKey: 'auth_tokens/made-up', httpOptions: { apiVersion: 'v1alpha', baseUrl: stage.url },
  });
  await assert.rejects(connect({ client: stranger }), /1008/);
  assert.equal((await live()).length, 1);
});

test('music', async () => {
  const messages = [];
  const session = await stage.google({ httpOptions: { apiVersion: 'v1alpha', baseUrl: stage.url } }).live.music.connect({
    model: 'models/lyria-realtime-exp',
    callbacks: { onmessage: (message) => messages.push(message), onerror: () => {}, onclose: () => {} },
  });
  await session.setWeightedPrompts({ weightedPrompts: [{ text: 'piano', weight: 1 }] });
  await until(() => messages.find((message) => message.serverContent?.audioChunks));
  session.close();
});

test('the token as a header, and pings', async () => {
  const socket = new WebSocket(
    `${stage.url.replace('http', 'ws')}/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent`,
    { headers: { authorization: `Bearer ${TOKEN}` } });
  await new Promise((resolve, reject) => { socket.on('open', resolve); socket.on('error', reject); });
  const pong = new Promise((resolve) => socket.on('pong', resolve));
  socket.ping('hello');
  assert.equal((await pong).toString(), 'hello');
  socket.close(4321, 'enough');
  const [code] = await new Promise((resolve) => socket.on('close', (...end) => resolve(end)));
  assert.equal(code, 4321);
});

test('long messages both ways', async () => {
  const heard = await connect();
  heard.session.sendClientContent({ turns: 'x'.repeat(3 * 1024 * 1024) });
  await until(() => heard.turns === 1);
  assert.equal(heard.text.length, 'You said '.length + 3 * 1024 * 1024);
  heard.session.sendClientContent({ turns: 'flood 200' });
  await until(() => heard.turns === 2, 10000);
  heard.session.close();
});
