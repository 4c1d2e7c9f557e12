// The names by which clients of every kind ask for models, and the parameters that go with them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import Anthropic from '@anthropic-ai/sdk';
import { Ollama } from 'ollama';

import { lastBody, MODEL, OLD_MODEL, Stage, TOKEN } from './harness.mjs';

let stage;
before(async () => {
  stage = await Stage.start({
    settings: {
      MODEL_ALIASES: `quick=@flash-lite; thinking=minimal; system_after="Be brief.", twin=${MODEL}`,
      HIDDEN_MODELS: 'gemini-2.5-*',
      SEARCH_MODELS: MODEL,
      SAFETY_THRESHOLD: 'none',
      UPSTREAM_HEADERS: 'X-Team: names; User-Agent: gateway',
    },
  });
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const anthropic = () => new Anthropic({ apiKey: TOKEN, authToken: null, baseURL: stage.url, maxRetries: 0 });
const ollama = () => new Ollama({ host: stage.url, headers: { Authorization: `Bearer ${TOKEN}` } });
const messages = [{ role: 'user', content: 'Hello' }];
const LITE = 'gemini-3.5-flash-lite';

const ASKING = {
  chat: (model) => stage.openai().chat.completions.create({ model, messages }),
  responses: (model) => stage.openai().responses.create({ model, input: 'Hello' }),
  completions: (model) => stage.openai().completions.create({ model, prompt: 'Hello' }),
  messages: (model) => anthropic().messages.create({ model, max_tokens: 100, messages }),
  ollama: (model) => ollama().chat({ model, messages }),
  gemini: (model) => stage.google().models.generateContent({ model, contents: 'Hello' }),
};

for (const [face, ask] of Object.entries(ASKING)) {
  test(`an alias with parameters: ${face}`, async () => {
    await ask('quick');
    const seen = (await stage.seen(/enerateContent/)).at(-1);
    assert.match(seen.path, new RegExp(`/${LITE}:`));
    const body = JSON.parse(seen.body);
    assert.match(JSON.stringify(body.systemInstruction), /Be brief\./);
    assert.equal(body.safetySettings.length, 4);
    if (face !== 'messages') // without `thinking` it asks for as little anyway
      assert.equal(body.generationConfig.thinkingConfig.thinkingLevel, 'MINIMAL');
  });

  test(`a name with a suffix: ${face}`, async () => {
    await ask(`${MODEL}-search`);
    const seen = (await stage.seen(/enerateContent/)).at(-1);
    assert.match(seen.path, new RegExp(`/${MODEL}:`));
    assert.deepEqual(JSON.parse(seen.body).tools, [{ googleSearch: {} }]);
  });

  test(`another vendor's name: ${face}`, async () => {
    await ask('gpt-4o-mini');
    assert.match((await stage.seen(/enerateContent/)).at(-1).path, new RegExp(`/${LITE}:`));
  });
}

test('counting goes by the same names', async () => {
  await anthropic().messages.countTokens({ model: 'quick', messages });
  assert.match((await stage.seen(/countTokens/)).at(-1).path, new RegExp(`/${LITE}:`));
  await stage.google().models.countTokens({ model: 'twin', contents: 'Hello' });
  assert.match((await stage.seen(/countTokens/)).at(-1).path, new RegExp(`/${MODEL}:`));
});

test('vectors have the length of their name', async () => {
  const made = await stage.openai().embeddings.create({ model: 'text-embedding-3-small', input: 'x' });
  assert.equal(made.data[0].embedding.length, 1536);
  await ollama().embed({ model: 'text-embedding-3-large', input: 'x' });
  const body = await lastBody(stage, /mbed/);
  assert.equal(body.requests[0].outputDimensionality, 3072);
});

test('lists show the same in every dialect', async () => {
  const openai = (await stage.openai().models.list()).data.map(({ id }) => id);
  const claude = (await anthropic().models.list()).data.map(({ id }) => id);
  const google = [];
  for await (const { name } of await stage.google().models.list()) google.push(name.replace('models/', ''));
  const tags = (await ollama().list()).models.map(({ name }) => name.replace(':latest', ''));
  for (const ids of [openai, claude, google, tags]) {
    for (const id of ['quick', 'twin', MODEL, `${MODEL}-search`]) assert.ok(ids.includes(id), id);
    assert.ok(!ids.includes(OLD_MODEL));
    assert.equal(new Set(ids).size, ids.length);
  }
  assert.equal((await stage.openai().models.retrieve('quick')).id, 'quick');
  assert.equal((await anthropic().models.retrieve('twin')).id, 'twin');
  assert.equal((await stage.google().models.get({ model: 'twin' })).name, 'models/twin');
  assert.ok((await ollama().show({ model: 'quick' })).capabilities.includes('completion'));
});

test('a hidden model serves', async () => {
  const { choices } = await stage.openai().chat.completions.create({ model: OLD_MODEL, messages });
  assert.match(choices[0].message.content, /Hello/);
});

test('every call to Google carries the further headers', async () => {
  await ASKING.chat(MODEL);
  await ASKING.gemini(MODEL);
  for (const { headers } of await stage.seen(/enerateContent/)) {
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    assert.equal(named['x-team'], 'names');
    assert.equal(named['user-agent'], 'gateway');
  }
});
