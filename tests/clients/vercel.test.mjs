// Vercel's AI SDK: the same tasks by each of its providers that can point at the gateway.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';

import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, isStepCount, Output, streamText, tool } from 'ai';
import { z } from 'zod';

import { countingFetch, failure, KEYS, lastBody, MODEL, PNG, Stage, TOKEN, until } from './harness.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

let stage;
before(async () => {
  stage = await Stage.start();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

// How each provider is pointed at the gateway; `options` are apiKey and fetch.
const PROVIDERS = {
  google: (options) => createGoogle({ baseURL: `${stage.url}/v1beta`, ...options }),
  'openai, chat': (options) => createOpenAI({ baseURL: `${stage.url}/v1`, ...options }).chat,
  'openai, responses': (options) => createOpenAI({ baseURL: `${stage.url}/v1`, ...options }).responses,
  anthropic: (options) => createAnthropic({ baseURL: `${stage.url}/v1`, ...options }),
  compatible: (options) =>
    createOpenAICompatible({
      name: 'gateway',
      baseURL: `${stage.url}/v1`,
      includeUsage: true,
      supportsStructuredOutputs: true,
      ...options,
    }),
};

const weather = tool({
  description: 'Tells the weather.',
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, degrees: 4 }),
});
const clock = tool({
  description: 'Tells the time.',
  inputSchema: z.object({}),
  execute: () => ({ time: '12:00' }),
});
const TOOLS = { weather, clock };
const ORDER = 'Please call tool weather with {"city":"Oslo"} and call tool clock with {} then call tool clock with {}.';

// Every upstream request of a loop carries the signatures of the calls before it: the fake refuses it else.
async function checkRounds(steps) {
  assert.deepEqual(
    steps.map((step) => step.toolCalls.map((call) => call.toolName)), [['weather', 'clock'], ['clock'], []]);
  const { contents } = await lastBody(stage);
  const signed = contents.filter((turn) => turn.role === 'model').map((turn) =>
    turn.parts.find((part) => part.functionCall).thoughtSignature);
  assert.equal(signed.length, 2);
  for (const signature of signed) assert.ok(signature && signature !== 'skip_thought_signature_validator', signature);
}

function checkUsage(usage) {
  assert.ok(usage.inputTokens > 0, JSON.stringify(usage));
  assert.ok(usage.outputTokens > 0, JSON.stringify(usage));
  assert.equal(usage.totalTokens, usage.inputTokens + usage.outputTokens);
}

for (const [name, provider] of Object.entries(PROVIDERS)) {
  describe(name, () => {
    let model;
    let calls;
    before(() => {
      calls = countingFetch();
      model = provider({ apiKey: TOKEN, fetch: calls })(MODEL);
    });
    beforeEach(() => (calls.count = 0));

    test('a text and what it used', async () => {
      const answer = await generateText({ model, instructions: 'Be brief.', prompt: 'Hello there', maxRetries: 0 });
      assert.match(answer.text, /Be brief\..*said "Hello there"/s);
      assert.equal(answer.finishReason, 'stop');
      assert.equal(answer.response.modelId, MODEL);
      checkUsage(answer.usage);
    });

    test('a stream and what it used', async () => {
      const stream = streamText({ model, prompt: 'Hello stream [[chunks=5]]', maxRetries: 0 });
      const pieces = [];
      for await (const piece of stream.textStream) pieces.push(piece);
      assert.ok(pieces.length >= 4, `${pieces.length}`);
      assert.match(pieces.join(''), /said "Hello stream/);
      assert.equal(await stream.finishReason, 'stop');
      checkUsage(await stream.usage);
    });

    test('a limit of tokens is told', async () => {
      const answer = await generateText({ model, prompt: 'x'.repeat(200), maxOutputTokens: 5, maxRetries: 0 });
      assert.equal(answer.finishReason, 'length');
    });

    test('tools in rounds', async () => {
      const answer = await generateText({
        model, tools: TOOLS, prompt: ORDER, stopWhen: isStepCount(5), maxRetries: 0 });
      await checkRounds(answer.steps);
      assert.match(answer.text, /clock=/);
    });

    test('tools in rounds, streamed', async () => {
      const stream = streamText({ model, tools: TOOLS, prompt: ORDER, stopWhen: isStepCount(5), maxRetries: 0 });
      const text = await stream.text;
      await checkRounds(await stream.steps);
      assert.match(text, /clock=/);
    });

    test('a tool that must be called', async () => {
      const answer = await generateText({
        model, tools: TOOLS, toolChoice: { type: 'tool', toolName: 'clock' }, prompt: 'x', maxRetries: 0 });
      assert.deepEqual(answer.toolCalls.map((call) => call.toolName), ['clock']);
      assert.equal(answer.finishReason, 'tool-calls');
    });

    test('structured output, whole and streamed', async () => {
      const request = {
        model,
        output: Output.object({
          schema: z.object({ zulu: z.string(), count: z.number().int(), kind: z.enum(['meeting', 'party']) }),
        }),
        prompt: 'An event',
        maxRetries: 0,
      };
      const { output } = await generateText(request);
      assert.deepEqual(Object.keys(output), ['zulu', 'count', 'kind']);
      assert.equal(output.kind, 'meeting');
      const partial = [];
      const stream = streamText(request);
      for await (const piece of stream.partialOutputStream) partial.push(piece);
      assert.deepEqual(await stream.output, partial.at(-1));
    });

    test('a picture goes in', async () => {
      const answer = await generateText({
        model,
        messages: [{ role: 'user', content: [
          { type: 'text', text: 'What is this?' },
          { type: 'file', data: Buffer.from(PNG, 'base64'), mediaType: 'image/png' },
        ] }],
        maxRetries: 0,
      });
      assert.match(answer.text, new RegExp(`parts text image/png:${Buffer.from(PNG, 'base64').length}`));
    });

    test('a refused token is told once', async () => {
      const refused = countingFetch();
      const error = await failure(
        generateText({ model: provider({ apiKey: 'wrong-token-here', fetch: refused })(MODEL), prompt: 'x' }));
      assert.ok(APICallError.isInstance(error), error);
      assert.equal(error.statusCode, 401);
      assert.equal(error.isRetryable, false);
      assert.match(error.message, /not known to this gateway/);
      assert.equal(error.responseHeaders['x-should-retry'], 'false');
      assert.equal(refused.count, 1);
      assert.equal((await stage.seen()).length, 0);
    });

    test('an unknown model is told once', async () => {
      const unknown = provider({ apiKey: TOKEN, fetch: calls })('gemini-0-none');
      const error = await failure(generateText({ model: unknown, prompt: 'x' }));
      assert.ok(APICallError.isInstance(error), error);
      assert.equal(error.statusCode, 404);
      assert.match(error.message, /gemini-0-none/);
      assert.equal(calls.count, 1);
    });

    test('an overloaded Google is worth another try', async () => {
      await stage.script({ model: 'gemini-3.8-flash', fault: 'overloaded' }); // the gateway lets it rest afterwards
      const busy = provider({ apiKey: TOKEN, fetch: calls })('gemini-3.8-flash');
      const error = await failure(generateText({ model: busy, prompt: 'x', maxRetries: 0 }));
      assert.ok(APICallError.isInstance(error), error);
      assert.ok([503, 529].includes(error.statusCode), `${error.statusCode}`);
      assert.equal(error.isRetryable, true);
      assert.match(error.message, /overloaded/);
      for (const key of KEYS) assert.ok(!JSON.stringify(error).includes(key));
    });

    for (const fault of ['error-event', 'reset-mid-event']) {
      test(`a stream that breaks tells so: ${fault}`, async () => {
        await stage.script({ fault, times: 1 });
        const told = [];
        const stream = streamText({
          model, prompt: 'Broken [[chunks=4]]', maxRetries: 0, onError: ({ error }) => told.push(error) });
        let text = '';
        for await (const part of stream.stream) {
          if (part.type === 'text-delta') text += part.text;
        }
        assert.match(text, /^Echo/);
        assert.equal(told.length, 1, JSON.stringify(told));
        assert.match(JSON.stringify(told[0]) + told[0]?.message, /overloaded|broke|ended/i);
        assert.equal((await stage.seen(/stream/)).length, 1);
        assert.equal(calls.count, 1);
      });
    }

    test('who leaves stops the stream', async () => {
      const controller = new AbortController();
      const stream = streamText({
        model, prompt: '[[chunks=100 delay=50]]', abortSignal: controller.signal, maxRetries: 0, onError() {} });
      let aborted = 0;
      for await (const part of stream.stream) {
        if (part.type === 'text-delta') controller.abort();
        aborted += part.type === 'abort';
      }
      assert.equal(aborted, 1);
      await until(async () => (await stage.seen(/stream/)).some((request) => request.closedEarly));
    });
  });
}
