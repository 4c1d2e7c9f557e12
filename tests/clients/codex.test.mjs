// Codex CLI, unchanged, does one task through the gateway.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { MODEL, Stage, TOKEN } from './harness.mjs';

function codexProgram() {
  try {
    const require = createRequire(new URL('codex/package.json', import.meta.url));
    const program = join(require.resolve('@openai/codex/package.json'), '..', 'bin', 'codex.js');
    require.resolve(`@openai/codex-linux-${process.arch}/package.json`);
    return program;
  } catch {
    return undefined;
  }
}

const program = codexProgram();
const skip = program ? false : "Codex's program for this machine is not installed";

let stage;
let folder;
before(async () => {
  if (skip) return;
  stage = await Stage.start();
  folder = await mkdtemp(join(tmpdir(), 'gemini-balance-codex-'));
  await mkdir(join(folder, 'home'));
  await mkdir(join(folder, 'work'));
  await writeFile(
    join(folder, 'home', 'config.toml'),
    `model = "${MODEL}"\nmodel_provider = "gemini-balance"\n\n[model_providers.gemini-balance]\n` +
      `name = "Gemini Balance"\nbase_url = "${stage.url}/v1"\nwire_api = "responses"\n` +
      `env_key = "GEMINI_BALANCE_TOKEN"\nrequest_max_retries = 0\nstream_max_retries = 0\n`);
});
after(async () => {
  await stage?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

function codex(prompt) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [program, 'exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '--json', prompt],
      {
        cwd: join(folder, 'work'),
        env: { PATH: process.env.PATH, HOME: join(folder, 'home'), CODEX_HOME: join(folder, 'home'),
          GEMINI_BALANCE_TOKEN: TOKEN },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    let output = '';
    child.stdout.on('data', (bytes) => (output += bytes));
    child.stderr.on('data', (bytes) => (output += bytes));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });
}

test('a task with a command, over two rounds', { skip, timeout: 90000 }, async () => {
  const { code, output } = await codex(
    'Please call tool exec_command with {"cmd":"echo made by codex > result.txt"}.');
  assert.equal(code, 0, output);
  assert.equal(await readFile(join(folder, 'work', 'result.txt'), 'utf8'), 'made by codex\n', output);
  assert.match(output, /exec_command=/, output);
  const rounds = (await stage.seen(/streamGenerateContent/)).map((request) => JSON.parse(request.body));
  assert.equal(rounds.length, 2);
  const call = rounds[1].contents.flatMap((turn) => turn.parts).find((part) => part.functionCall);
  assert.ok(call.thoughtSignature);
});
