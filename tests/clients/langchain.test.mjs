// LangChain.js: the same tasks by each of its models that can point at the gateway.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';

import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';

import { EMBEDDING_MODEL, failure, KEYS, lastBody, MODEL, PNG, Stage, TOKEN, until } from './harness.mjs';

let stage;
before(async () => {
  stage = await Stage.start();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const openai = (more) => (options) =>
  new ChatOpenAI({ apiKey: TOKEN, model: MODEL, maxRetries: 0, configuration: { baseURL: `${stage.url}/v1` },
    ...more, ...options });
const MODELS = {
  'openai, chat': openai({}),
  'openai, responses': openai({ useResponsesApi: true }),
  google: (options) =>
    new ChatGoogleGenerativeAI({ apiKey: TOKEN, model: MODEL, maxRetries: 0, baseUrl: stage.url, ...options }),
};

const TOOLS = [
  tool(({ city }) => JSON.stringify({ city, degrees: 4 }),
    { name: 'weather', description: 'Tells the weather.', schema: z.object({ city: z.string() }) }),
  tool(() => '12:00', { name: 'clock', description: 'Tells the time.', schema: z.object({}) }),
];
// Google's model puts the results of parallel calls into a turn each, which Gemini refuses: it gets one at a time.
const ROUNDS = {
  google: ['call tool weather with {"city":"Oslo"} then call tool clock with {}.', [['weather'], ['clock']]],
  others: [
    'call tool weather with {"city":"Oslo"} and call tool clock with {} then call tool clock with {}.',
    [['weather', 'clock'], ['clock']],
  ],
};

async function gathered(stream) {
  let whole;
  for await (const piece of stream) whole = whole ? whole.concat(piece) : piece;
  return whole;
}

function checkUsage(usage) {
  assert.ok(usage.input_tokens > 0 && usage.output_tokens > 0, JSON.stringify(usage));
  assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
}

for (const [name, make] of Object.entries(MODELS)) {
  describe(name, () => {
    let model;
    before(() => (model = make()));

    test('a text and what it used', async () => {
      const answer = await model.invoke([new SystemMessage('Be brief.'), new HumanMessage('Hello there')]);
      assert.match(answer.text, /Be brief\..*said "Hello there"/s);
      if (name !== 'google') checkUsage(answer.usage_metadata);
      assert.ok(answer.usage_metadata.total_tokens > 12);
    });

    test('a stream and what it used', async () => {
      const pieces = [];
      for await (const piece of await model.stream('Hello stream [[chunks=5]]')) pieces.push(piece);
      assert.ok(pieces.filter((piece) => piece.text).length >= 4, `${pieces.length}`);
      const whole = pieces.reduce((all, piece) => all.concat(piece));
      assert.match(whole.text, /said "Hello stream/);
      assert.ok(whole.usage_metadata.input_tokens > 0 && whole.usage_metadata.output_tokens > 0);
    });

    for (const streamed of [false, true]) {
      test(`tools in rounds, streamed ${streamed}`, async () => {
        const bound = model.bindTools(TOOLS);
        const [order, rounds] = ROUNDS[name] ?? ROUNDS.others;
        const messages = [new HumanMessage(order)];
        for (const expected of rounds) {
          const answer = streamed ? await gathered(await bound.stream(messages)) : await bound.invoke(messages);
          assert.deepEqual(answer.tool_calls.map((call) => call.name), expected);
          messages.push(answer);
          for (const call of answer.tool_calls) {
            const result = await TOOLS.find((one) => one.name === call.name).invoke(call);
            assert.ok(ToolMessage.isInstance(result));
            messages.push(result);
          }
        }
        const last = await bound.invoke(messages);
        assert.match(last.text, /clock=/);
        const { contents } = await lastBody(stage);
        const signed = contents.filter((turn) => turn.role === 'model').map((turn) =>
          turn.parts.find((part) => part.functionCall).thoughtSignature);
        assert.equal(signed.length, 2);
        for (const signature of signed) assert.ok(signature && signature !== 'skip_thought_signature_validator');
      });
    }

    test('structured output', async () => {
      const schema = z.object({ zulu: z.string(), count: z.number().int(), kind: z.enum(['meeting', 'party']) });
      for (const method of ['jsonSchema', 'functionCalling']) {
        const value = await model.withStructuredOutput(schema, { method, name: 'event' }).invoke('An event');
        assert.equal(typeof value.zulu, 'string', method);
        assert.equal(value.kind, 'meeting', method);
      }
    });

    test('a picture goes in', async () => {
      const answer = await model.invoke([new HumanMessage({ content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
      ] })]);
      assert.match(answer.text, new RegExp(`parts text image/png:${Buffer.from(PNG, 'base64').length}`));
    });

    test('a refused token is told once', async () => {
      const error = await failure(make({ apiKey: 'wrong-token-here', maxRetries: 4 }).invoke('x'));
      assert.equal(error.status, 401, `${error}`);
      assert.match(error.message, /not known to this gateway/);
      if (name !== 'google') assert.equal(error.lc_error_code, 'MODEL_AUTHENTICATION');
      assert.equal((await stage.seen()).length, 0);
    });

    test('an unknown model', async () => {
      const error = await failure(make({ model: 'gemini-0-none' }).invoke('x'));
      assert.equal(error.status, 404, `${error}`);
      assert.match(error.message, /gemini-0-none/);
      if (name !== 'google') assert.equal(error.lc_error_code, 'MODEL_NOT_FOUND');
    });

    test('an overloaded Google', async () => {
      await stage.script({ model: 'gemini-3.8-flash', fault: 'overloaded' }); // the gateway lets it rest afterwards
      const error = await failure(make({ model: 'gemini-3.8-flash' }).invoke('x'));
      assert.equal(error.status, 503, `${error}`);
      assert.match(error.message, /overloaded/);
      for (const key of KEYS) assert.ok(!JSON.stringify(error).includes(key));
    });

    // The SDK under Google's model leaves a rejected promise behind.
    test('who leaves stops the stream', { skip: name === 'google' }, async () => {
      const controller = new AbortController();
      await assert.rejects(async () => {
        for await (const piece of await model.stream('[[chunks=100 delay=50]]', { signal: controller.signal })) {
          if (piece.text) controller.abort();
        }
      }, /abort/i);
      await until(async () => (await stage.seen(/stream/)).some((request) => request.closedEarly));
    });
  });
}

for (const name of ['openai, chat', 'openai, responses']) {
  test(`a stream that breaks is an error: ${name}`, async () => {
    for (const fault of ['error-event', 'reset-mid-event']) {
      await stage.script({ fault, times: 1 });
      let text = '';
      await assert.rejects(async () => {
        for await (const piece of await MODELS[name]().stream('Broken [[chunks=4]]')) text += piece.text;
      }, /overloaded|broke|ended/i);
      assert.match(text, /^Echo/);
      await stage.reset();
    }
  });
}

test('embeddings', async () => {
  const embeddings = new OpenAIEmbeddings({
    apiKey: TOKEN, model: EMBEDDING_MODEL, dimensions: 3, maxRetries: 0,
    configuration: { baseURL: `${stage.url}/v1` } });
  const [one, two] = await embeddings.embedDocuments(['one', 'two']);
  assert.deepEqual([one.length, two.length], [3, 3]);
  assert.notDeepEqual(one, two);
});
