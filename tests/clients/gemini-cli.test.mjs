// Gemini CLI, unchanged, does one task through the gateway.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { MODEL, Stage, TOKEN } from './harness.mjs';
import { countingDoor, packageFolder, Room } from './programs.mjs';

const folder = packageFolder('gemini-cli', '@google/gemini-cli');
const skip = folder ? false : 'Gemini CLI is not installed';

let stage;
let room;
before(async () => {
  if (skip) return;
  stage = await Stage.start();
  room = await Room.open('gemini-cli');
  await mkdir(join(room.home, '.gemini'));
  await writeFile(
    join(room.home, '.gemini', 'settings.json'),
    JSON.stringify({
      security: { auth: { selectedType: 'gemini-api-key' } },
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    }));
  await writeFile(join(room.work, 'note.txt'), 'The kettle is blue.\n');
});
after(async () => {
  await stage?.stop();
  await room?.close();
});
beforeEach(() => stage?.reset());

const gemini = (prompt, { token = TOKEN, url = stage.url } = {}) =>
  room.run(
    process.execPath,
    [join(folder, 'bundle', 'gemini.js'), '--skip-trust', '--yolo', '-m', MODEL, '-o', 'json', '-p', prompt],
    { GEMINI_API_KEY: token, GOOGLE_GEMINI_BASE_URL: url });
const rounds = async () => (await stage.seen(/streamGenerateContent/)).map((request) => JSON.parse(request.body));

test('a task with two tools, over three rounds', { skip, timeout: 90000 }, async () => {
  const { code, output, said } = await gemini(
    'Please call tool read_file with {"file_path":"note.txt"} then ' +
      'call tool write_file with {"file_path":"result.txt","content":"made by gemini"}.');
  assert.equal(code, 0, output);
  assert.equal(await readFile(join(room.work, 'result.txt'), 'utf8'), 'made by gemini', output);
  const bodies = await rounds();
  assert.equal(bodies.length, 3, output);
  const results = bodies[2].contents.flatMap((turn) => turn.parts).filter((part) => part.functionResponse);
  assert.match(JSON.stringify(results[0]), /The kettle is blue/);
  const calls = bodies[2].contents.flatMap((turn) => turn.parts).filter((part) => part.functionCall);
  assert.deepEqual(calls.map((part) => part.functionCall.name), ['read_file', 'write_file']);
  for (const part of calls) assert.ok(part.thoughtSignature);
  const told = JSON.parse(said);
  assert.match(told.response, /write_file=/);
  assert.ok(told.stats.models[MODEL].tokens.total > 0, said);
  assert.deepEqual(room.wanted, []);
});

test('a refused token ends it', { skip, timeout: 60000 }, async () => {
  const door = await countingDoor(stage.url);
  try {
    const { code, output } = await gemini('Hello', { token: 'wrong-token-here', url: door.url });
    assert.notEqual(code, 0);
    assert.match(output, /not known to this gateway/);
    assert.equal(door.count, 1, output);
  } finally {
    await door.close();
  }
});
