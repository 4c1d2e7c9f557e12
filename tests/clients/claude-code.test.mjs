// Claude Code, unchanged, does one task through the gateway.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { MODEL, Stage, TOKEN } from './harness.mjs';
import { countingDoor, packageFolder, Room } from './programs.mjs';

const folder = packageFolder('claude-code', `@anthropic-ai/claude-code-linux-${process.arch}`);
const skip = folder ? false : "Claude Code's program for this machine is not installed";

let stage;
let room;
before(async () => {
  if (skip) return;
  stage = await Stage.start();
  room = await Room.open('claude-code');
  await writeFile(join(room.work, 'note.txt'), 'The kettle is blue.\n');
});
after(async () => {
  await stage?.stop();
  await room?.close();
});
beforeEach(() => stage?.reset());

const claude = (prompt, { token = TOKEN, url = stage.url } = {}) =>
  room.run(
    join(folder, 'claude'),
    ['-p', prompt, '--model', MODEL, '--output-format', 'json', '--allowedTools', 'Read,Write'],
    { ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: token, CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' });
const rounds = async () => (await stage.seen(/enerateContent/)).map((request) => JSON.parse(request.body));

test('a task with two tools, over three rounds', { skip, timeout: 90000 }, async () => {
  const note = join(room.work, 'note.txt');
  const result = join(room.work, 'result.txt');
  const { code, output, said } = await claude(
    `Please call tool Read with ${JSON.stringify({ file_path: note })} then ` +
      `call tool Write with ${JSON.stringify({ file_path: result, content: 'made by claude' })}.`);
  assert.equal(code, 0, output);
  assert.equal(await readFile(result, 'utf8'), 'made by claude', output);
  const last = (await rounds()).at(-1).contents.flatMap((turn) => turn.parts);
  const calls = last.filter((part) => part.functionCall);
  assert.deepEqual(calls.map((part) => part.functionCall.name), ['Read', 'Write']);
  for (const part of calls)
    assert.ok(part.thoughtSignature && part.thoughtSignature !== 'skip_thought_signature_validator');
  assert.match(JSON.stringify(last.find((part) => part.functionResponse)), /The kettle is blue/);
  const told = JSON.parse(said.trim().split('\n').at(-1));
  assert.match(told.result, /Write=/);
  assert.equal(told.is_error, false);
  assert.ok(told.usage.input_tokens > 0 && told.usage.output_tokens > 0, said);
  assert.deepEqual(room.wanted, []);
});

// Left to itself it tries a 401 again for minutes.
test('a refused token ends it at once', { skip, timeout: 60000 }, async () => {
  const door = await countingDoor(stage.url);
  try {
    const { output } = await claude('Hello', { token: 'wrong-token-here', url: door.url });
    assert.match(output, /not known to this gateway/);
    assert.equal(door.count, 1, output);
  } finally {
    await door.close();
  }
});
