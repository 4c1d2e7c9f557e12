// Codex CLI, unchanged, does one task through the gateway.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { MODEL, Stage, TOKEN } from './harness.mjs';
import { packageFolder, Room } from './programs.mjs';

const folder = packageFolder('codex', '@openai/codex');
const skip =
  folder && packageFolder('codex', `@openai/codex-linux-${process.arch}`)
    ? false : "Codex's program for this machine is not installed";

let stage;
let room;
before(async () => {
  if (skip) return;
  stage = await Stage.start();
  room = await Room.open('codex');
  await writeFile(
    join(room.home, 'config.toml'),
    `model = "${MODEL}"\nmodel_provider = "gemini-balance"\n\n[model_providers.gemini-balance]\n` +
      `name = "Gemini Balance"\nbase_url = "${stage.url}/v1"\nwire_api = "responses"\n` +
      `env_key = "GEMINI_BALANCE_TOKEN"\nrequest_max_retries = 0\nstream_max_retries = 0\n`);
});
after(async () => {
  await stage?.stop();
  await room?.close();
});

const codex = (prompt) =>
  room.run(
    process.execPath,
    [join(folder, 'bin', 'codex.js'), 'exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox',
      '--json', prompt],
    { CODEX_HOME: room.home, GEMINI_BALANCE_TOKEN: TOKEN });

test('a task with a command, over two rounds', { skip, timeout: 90000 }, async () => {
  const { code, output } = await codex(
    'Please call tool exec_command with {"cmd":"echo made by codex > result.txt"}.');
  assert.equal(code, 0, output);
  assert.equal(await readFile(join(room.work, 'result.txt'), 'utf8'), 'made by codex\n', output);
  assert.match(output, /exec_command=/, output);
  const rounds = (await stage.seen(/streamGenerateContent/)).map((request) => JSON.parse(request.body));
  assert.equal(rounds.length, 2);
  const call = rounds[1].contents.flatMap((turn) => turn.parts).find((part) => part.functionCall);
  assert.ok(call.thoughtSignature);
});
