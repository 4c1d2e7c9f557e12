import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import OpenAI, { toFile } from 'openai';

import { ADMIN_TOKEN, lastBody, MODEL, Stage, until } from './harness.mjs';

let stage;
let client;
before(async () => {
  stage = await Stage.start({ settings: { MAX_RETRIES: '1' } });
  client = stage.openai();
});
after(() => stage?.stop());
beforeEach(() => stage.reset());

const speak = (input, more = {}) => client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input, ...more });
const bytesOf = async (answer) => Buffer.from(await answer.arrayBuffer());

// A second of silence as a WAV file.
function wav(seconds = 1) {
  const data = Buffer.alloc(16000 * 2 * seconds);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16000, 24);
  head.writeUInt32LE(32000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
const recording = (seconds = 1, name = 'talk.wav') => toFile(wav(seconds), name, { type: 'audio/wav' });
const heard = (segments, more = {}) =>
  `[[text=${JSON.stringify({ language: 'English', segments, ...more }).replaceAll(' ', '\\u0020')}]]`;
const SEGMENTS = [
  { start: '00:00.000', end: '00:00.500', text: 'One.', speaker: 'A' },
  { start: '00:00.500', end: '00:09.000', text: 'Two three.', speaker: 'B' },
];
const transcribe = async (more = {}) =>
  client.audio.transcriptions.create({ model: MODEL, file: await recording(), ...more });

const FORMATS = {
  mp3: ['audio/mpeg', [0xff, 0xf3]],
  opus: ['audio/ogg', [...Buffer.from('OggS')]],
  aac: ['audio/aac', [0xff, 0xf1]],
  flac: ['audio/flac', [...Buffer.from('fLaC')]],
  wav: ['audio/wav', [...Buffer.from('RIFF')]],
  pcm: ['audio/pcm', []],
};
for (const [format, [type, begin]] of Object.entries(FORMATS)) {
  test(`speech as ${format}`, async () => {
    const answer = await speak('Hello [[seconds=2]]', { response_format: format });
    assert.equal(answer.headers.get('content-type'), type);
    assert.equal(answer.headers.get('x-gateway-model'), 'gemini-3.8-flash-tts');
    const bytes = await bytesOf(answer);
    assert.deepEqual([...bytes.subarray(0, begin.length)], begin);
    if (format === 'pcm') assert.equal(bytes.length, 2 * 24000 * 2);
    else if (format === 'wav') assert.equal(bytes.length, 44 + 2 * 24000 * 2);
    else assert.ok(bytes.length > 4000 && bytes.length < 96000, `${bytes.length} bytes`);
  });
}

test('speech is MP3 where nothing else is said, and its style and voice reach Gemini', async () => {
  const answer = await speak('Hello', { instructions: 'Whisper.', voice: { id: 'Zephyr' } });
  assert.equal(answer.headers.get('content-type'), 'audio/mpeg');
  await bytesOf(answer);
  const body = await lastBody(stage, /tts:streamGenerateContent/);
  assert.deepEqual(body.contents[0].parts, [{ text: 'Hello', speechMetadata: { style: 'Whisper.' } }]);
  assert.equal(body.generationConfig.speechConfig.voiceConfig.prebuiltVoiceConfig.voiceName, 'Zephyr');
});

test('speech comes while it is made', async () => {
  const began = Date.now();
  const answer = await speak('Hello [[seconds=6 chunks=3 delay=800]]', { response_format: 'wav' });
  let first = 0;
  let bytes = 0;
  for await (const piece of answer.body) {
    first ||= Date.now() - began;
    bytes += piece.length;
  }
  assert.ok(first < 800, `first after ${first} ms`);
  assert.ok(Date.now() - began >= 1500);
  assert.equal(bytes, 44 + 6 * 48000);
});

test('speech as events', async () => {
  const answer = await speak('Hello [[seconds=1 chunks=4]]', { response_format: 'pcm', stream_format: 'sse' });
  assert.match(answer.headers.get('content-type'), /^text\/event-stream/);
  const events = (await answer.text()).trim().split('\n\n').map((one) => JSON.parse(one.replace(/^data: /, '')));
  const done = events.pop();
  assert.equal(done.type, 'speech.audio.done');
  assert.equal(done.usage.output_tokens, 25);
  assert.equal(done.usage.total_tokens, done.usage.input_tokens + 25);
  assert.ok(events.length >= 4 && events.every(({ type }) => type === 'speech.audio.delta'));
  assert.equal(Buffer.concat(events.map(({ audio }) => Buffer.from(audio, 'base64'))).length, 48000);
});

test('speech that fails is an error; speech that breaks does not look whole', async () => {
  await assert.rejects(speak('Hello', { voice: 'Nobody' }), (error) =>
    error instanceof OpenAI.BadRequestError && /Nobody/.test(error.message));
  await assert.rejects(speak('Hello', { speed: 9 }), (error) => error.status === 400 && error.param === 'speed');
  await assert.rejects(speak('Hello [[block=SAFETY]]'), (error) => error.code === 'content_filter');
  await assert.rejects(speak('Hello [[fault=overloaded]]'), OpenAI.InternalServerError);
  await stage.script({ fault: 'error-event', times: 1 });
  await assert.rejects(speak('Hello [[seconds=4 chunks=4]]').then(bytesOf), /terminated|aborted|socket|closed/i);
});

test('a transcript', async () => {
  const answer = await transcribe({ prompt: '[[text=Hello,world.]]', language: 'en', temperature: 0 });
  assert.equal(answer.text, 'Hello,world.');
  assert.equal(answer.usage.type, 'tokens');
  assert.equal(answer.usage.total_tokens, answer.usage.input_tokens + answer.usage.output_tokens);
  const body = await lastBody(stage);
  const parts = body.contents[0].parts;
  const data = parts.find(({ inlineData }) => inlineData).inlineData;
  assert.equal(data.mimeType, 'audio/wav');
  assert.ok(Buffer.from(data.data, 'base64').equals(wav()));
  assert.match(parts.at(-1).text, /ISO 639-1\): en/);
  assert.equal(await transcribe({ prompt: '[[text=Hello]]', response_format: 'text' }), 'Hello\n');
});

test('names of OpenAI stand for the newest Flash', async () => {
  for (const model of ['whisper-1', 'gpt-4o-transcribe', 'gpt-4o-mini-transcribe']) {
    const { response, data } = await client.audio.transcriptions
      .create({ model, file: await recording() }).withResponse();
    assert.ok(data.text.length > 0);
    assert.equal(response.headers.get('x-gateway-model'), 'gemini-3.8-flash');
  }
});

test('times: verbose, subtitles, speakers', async () => {
  const prompt = heard(SEGMENTS);
  const verbose = await transcribe({ prompt, response_format: 'verbose_json' });
  assert.equal(verbose.task, 'transcribe');
  assert.equal(verbose.language, 'english');
  assert.equal(verbose.duration, 1); // the file's own
  assert.equal(verbose.text, 'One. Two three.');
  assert.deepEqual(verbose.segments.map(({ id, start, end, text }) => [id, start, end, text]),
    [[0, 0, 0.5, 'One.'], [1, 0.5, 1, 'Two three.']]);
  assert.deepEqual(verbose.usage, { type: 'duration', seconds: 1 });
  assert.equal(await transcribe({ prompt, response_format: 'srt' }),
    '1\n00:00:00,000 --> 00:00:00,500\nOne.\n\n2\n00:00:00,500 --> 00:00:01,000\nTwo three.\n\n');
  assert.equal(await transcribe({ prompt, response_format: 'vtt' }),
    'WEBVTT\n\n00:00:00.000 --> 00:00:00.500\nOne.\n\n00:00:00.500 --> 00:00:01.000\nTwo three.\n\n');
  const diarized = await transcribe({ prompt, response_format: 'diarized_json', chunking_strategy: 'auto' });
  assert.deepEqual(diarized.segments.map(({ speaker, text }) => [speaker, text]), [['A', 'One.'], ['B', 'Two three.']]);
});

test('words', async () => {
  const words = [{ word: 'One.', start: '00:00.100', end: '00:00.400' }];
  const answer = await transcribe({
    prompt: heard([{ ...SEGMENTS[0], words }]), response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] });
  assert.deepEqual(answer.words, [{ word: 'One.', start: 0.1, end: 0.4 }]);
  assert.equal(answer.segments.length, 1);
});

test('a transcript comes while it is written', async () => {
  const stream = await transcribe({ prompt: '[[text=One,two,three,four. chunks=4]]', stream: true });
  const deltas = [];
  let done;
  for await (const event of stream) {
    if (event.type === 'transcript.text.delta') deltas.push(event.delta);
    else done = event;
  }
  assert.equal(deltas.length, 4);
  assert.equal(deltas.join(''), 'One,two,three,four.');
  assert.equal(done.type, 'transcript.text.done');
  assert.equal(done.text, 'One,two,three,four.');
  assert.ok(done.usage.total_tokens > 0);
  const speakers = await transcribe({ prompt: heard(SEGMENTS), stream: true, response_format: 'diarized_json' });
  const types = [];
  for await (const { type } of speakers) types.push(type);
  assert.deepEqual(types, ['transcript.text.segment', 'transcript.text.segment', 'transcript.text.done']);
});

test('a stream that breaks is an error', async () => {
  await stage.script({ fault: 'error-event', times: 1 });
  const stream = await transcribe({ prompt: '[[text=One,two,three,four. chunks=4]]', stream: true });
  await assert.rejects(async () => {
    for await (const event of stream) assert.equal(event.type, 'transcript.text.delta');
  });
});

test('translations', async () => {
  const file = await recording();
  const answer = await client.audio.translations.create({ model: 'whisper-1', file, prompt: '[[text=Hello]]' });
  assert.deepEqual(answer, { text: 'Hello' });
  assert.match((await lastBody(stage)).systemInstruction.parts[0].text, /into English/);
  const verbose = await client.audio.translations.create({
    model: MODEL, file: await recording(), prompt: heard(SEGMENTS), response_format: 'verbose_json' });
  assert.equal(verbose.task, 'translate');
  assert.equal(verbose.language, 'english');
});

test('what cannot be heard is told', async () => {
  await assert.rejects(transcribe({ file: await toFile(Buffer.from('words'), 'words.txt') }), (error) =>
    error instanceof OpenAI.BadRequestError && error.param === 'file');
  await assert.rejects(transcribe({ response_format: 'xml' }), (error) => error.param === 'response_format');
  await assert.rejects(transcribe({ prompt: '[[text=no-json]]', response_format: 'srt' }), (error) =>
    error.status === 502);
  const { response } = await client.audio.transcriptions
    .create({ model: MODEL, file: await recording(), include: ['logprobs'] }).withResponse();
  assert.equal(response.headers.get('x-gateway-ignored'), 'include');
});

test('audio is in the requests', async () => {
  await bytesOf(await speak('Hello'));
  await transcribe();
  const methods = await until(async () => {
    const answer = await fetch(`${stage.url}/admin/api/v1/requests`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    const names = answer.ok ? JSON.stringify(await answer.json()) : '';
    return names.includes('audio.speech') && names.includes('audio.transcriptions') ? names : null;
  });
  assert.ok(methods);
});
