import type { JSX } from 'preact';

/** An expression with functions in the accent and the last node of each path strong. */
export function Expression({ text }: { text: string }): JSX.Element {
  const parts = text.split(/([A-Za-z_][\w]*(?=\())|([\w*?{}[\]\-%$:;=~]+(?:\.[\w*?{}[\]\-%$:;=~,]*[\w*?{}[\]\-%$:;=~])+)|("[^"]*"|'[^']*')/);
  return (
    <>
      {parts.map((part, index) => {
        if (part === undefined || part === '') return null;
        if (index % 4 === 1) return <span class="fn">{part}</span>;
        if (index % 4 !== 2) return part;
        const dot = part.lastIndexOf('.') + 1;
        return (
          <>
            {part.slice(0, dot)}
            <b>{part.slice(dot)}</b>
          </>
        );
      })}
    </>
  );
}
