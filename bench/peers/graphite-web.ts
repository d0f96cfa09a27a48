import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { Child, until } from '../process/child.ts';
import { newFolder } from '../process/folder.ts';
import { freePort } from '../process/port.ts';
import type { Peer, RunningPeer } from './peer.ts';

/** The system's own, where Debian's packages are. */
const PYTHON = '/usr/bin/python3';
const WRITER = fileURLToPath(new URL('../load/write-whisper.py', import.meta.url));

/** Debian's graphite-web on whisper files, by gunicorn with a process for each of two cores; nothing is cached. */
export const graphiteWeb: Peer = {
  name: 'graphite-web',
  missing: () =>
    spawnSync(PYTHON, ['-c', 'import graphite, gunicorn, whisper']).status === 0 ? '' : 'not installed: apt-get install graphite-web gunicorn python3-whisper',
  async start(processor) {
    const folder = newFolder('graphite');
    const http = await freePort();
    for (const part of ['whisper', 'log', 'conf']) mkdirSync(join(folder, part));
    writeFileSync(
      join(folder, 'heed_bench_settings.py'),
      `SECRET_KEY = 'bench'\nDEBUG = False\nALLOWED_HOSTS = ['*']\nTIME_ZONE = 'UTC'\nSTORAGE_DIR = '${folder}'\nCONF_DIR = '${folder}/conf'\nLOG_DIR = '${folder}/log'\nWHISPER_DIR = '${folder}/whisper'\nSTANDARD_DIRS = ['${folder}/whisper']\nINDEX_FILE = '${folder}/index'\nCARBONLINK_HOSTS = []\nMEMCACHE_HOSTS = []\nDEFAULT_CACHE_DURATION = 0\nFIND_TIMEOUT = 60\nFETCH_TIMEOUT = 60\nDATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '${folder}/graphite.db'}}\n`,
    );
    const env = { PYTHONPATH: folder, GRAPHITE_SETTINGS_MODULE: 'heed_bench_settings', DJANGO_SETTINGS_MODULE: 'graphite.settings' };
    const made = spawnSync(PYTHON, ['-m', 'django', 'migrate', '--run-syncdb'], { env: { ...process.env, ...env }, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`cannot make graphite-web's database: ${made.stderr.slice(-2000)}`);
    const args = ['-m', 'gunicorn', '--workers=2', '--timeout=120', `--bind=127.0.0.1:${http}`, 'graphite.wsgi:application'];
    const child = new Child(PYTHON, args, { processor, env });
    const answers = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${http}/version/`).catch(() => undefined))?.ok ?? false;
    await until(answers, 30, `graphite-web: ${child.output.slice(-500)}`, 100);
    return {
      child,
      folder,
      ports: { http },
      async stop() {
        await child.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/** Gives it a file of Graphite lines, a minute apart, as whisper files that reach back so many minutes. */
export function writeWhisper({ folder }: RunningPeer, lines: string, minutes: number): void {
  const written = spawnSync(PYTHON, [WRITER, lines, join(folder, 'whisper'), String(minutes)], { encoding: 'utf8' });
  if (written.status !== 0) throw new Error(`cannot write whisper files: ${written.stderr.slice(-2000)}`);
}
