import { SqliteFile } from '../../sqlite-file.ts';

const SHAPE = {
  migrations: new URL('./migrations/', import.meta.url),
  what: 'the jobs',
  tables: ['jobs', 'environments', 'runs', 'outputs'],
  check: 'SELECT runs.run, output, until FROM runs, jobs, environments, outputs, watched',
  counted: { table: 'runs', words: 'runs of jobs' },
};

/** The file of the jobs. */
export class JobsFile extends SqliteFile {
  constructor(path: string, onDamage: (what: string) => void) {
    super(path, SHAPE, onDamage);
  }
}
