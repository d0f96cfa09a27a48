import type { JSX } from 'preact';
import type { RunAnswer } from '../../../src/api/contract-jobs.ts';
import { thousands } from '../../words/number.ts';
import { parameter, show } from './address.ts';

/** What failed in a run: by file, then by record, each with its issue. */
export function Triage({ answer: { errors } }: { answer: RunAnswer }): JSX.Element {
  const file = parameter('file');
  const { files, allFiles, issues, allRecords, events, listed } = errors;
  // Until the answer for the file is there.
  const records = errors.records.filter((one) => file === '' || one.file === file);
  return (
    <>
      {(files.length > 1 || files[0]?.file !== '') && files.length > 0 && (
        <section class="panel" aria-labelledby="h-files">
          <div class="panel-head">
            <h2 id="h-files">Files</h2>
            {file !== '' && (
              <button type="button" class="btn push" onClick={() => show({ file: '', all: '' })}>
                All files
              </button>
            )}
          </div>
          <table class="table">
            <thead>
              <tr>
                <th>File</th>
                <th class="n">Records</th>
                <th class="n">Errors</th>
                <th class="n p2">Issues</th>
              </tr>
            </thead>
            <tbody>
              {files.map((one) => (
                <tr key={one.file} aria-selected={file !== '' && one.file === file}>
                  <td class="grow">
                    <div>
                      {one.file === '' ? (
                        <span class="dim">no file</span>
                      ) : (
                        <button type="button" class="plain link" onClick={() => show({ file: one.file, all: '' })}>
                          {one.file}
                        </button>
                      )}
                    </div>
                  </td>
                  <td class="n">{thousands(one.records)}</td>
                  <td class="n strong">{thousands(one.events)}</td>
                  <td class="n p2">{thousands(one.issues)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {allFiles > files.length && (
            <div class="panel-foot">
              <span>{thousands(allFiles - files.length)} files with fewer errors are not shown</span>
            </div>
          )}
        </section>
      )}
      <section class="panel" aria-labelledby="h-issues">
        <div class="panel-head">
          <h2 id="h-issues">Issues{file === '' ? '' : ` in ${file}`}</h2>
        </div>
        <table class="table">
          <thead>
            <tr>
              <th>Issue</th>
              <th class="n">Records</th>
              <th class="n">Errors</th>
            </tr>
          </thead>
          <tbody>
            {issues.map(({ shortId, title, records: count, events: errorsOfIssue }) => (
              <tr key={shortId}>
                <td class="grow">
                  <div>
                    <a class="name" href={`/errors/${shortId}`} title={title}>
                      {title}
                    </a>
                  </div>
                  <span class="sub">{shortId}</span>
                </td>
                <td class="n">{thousands(count)}</td>
                <td class="n strong">{thousands(errorsOfIssue)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section class="panel" aria-labelledby="h-records">
        <div class="panel-head">
          <h2 id="h-records">Records{file === '' ? '' : ` of ${file}`}</h2>
          <span class="meta">{thousands(allRecords)}</span>
        </div>
        <table class="table">
          <thead>
            <tr>
              <th class="p2">File</th>
              <th>Record</th>
              <th>Error</th>
            </tr>
          </thead>
          <tbody>
            {records.map((one) => (
              <tr key={`${one.file} ${one.record} ${one.eventId}`}>
                <td class="p2 clip dim">{one.file || 'none'}</td>
                <td class="clip">{one.record || <span class="dim">none</span>}</td>
                <td class="grow">
                  <div>
                    <a href={`/errors/${one.shortId}/events/${one.eventId}`} title={one.title}>
                      {one.title || one.shortId}
                    </a>
                    {one.events > 1 && <span class="dim"> {thousands(one.events)} times</span>}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {(allRecords > records.length || listed < events) && (
          <div class="panel-foot">
            {allRecords > records.length && parameter('all') === '' && (
              <button type="button" class="plain link" onClick={() => show({ all: '1' })}>
                Show more
              </button>
            )}
            {allRecords > records.length && <span>{thousands(allRecords - records.length)} more</span>}
            {listed < events && <span>{thousands(events - listed)} errors were counted only, or are gone by now</span>}
          </div>
        )}
      </section>
    </>
  );
}
