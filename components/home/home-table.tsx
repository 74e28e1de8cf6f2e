import type { ReactNode } from 'react';

/** A small table of figures: the first column in words, the others at the right. */
export function HomeTable(props: {
  caption: string;
  heads: string[];
  rows: { key: string; cells: ReactNode[] }[];
  none: string;
}) {
  return (
    <section aria-label={props.caption} className="min-w-0 px-5 py-4 phone:px-4">
      <h2 className="mb-1.5 font-bold">{props.caption}</h2>
      {props.rows.length === 0 ? (
        <p className="text-sm text-ink-3">{props.none}</p>
      ) : (
        <table className="w-full border-separate border-spacing-0">
          <thead>
            <tr>
              {props.heads.map((head) => (
                <th
                  key={head}
                  className="border-b border-line px-2 py-1 text-right text-sm font-med whitespace-nowrap text-ink-3 first:pl-0 first:text-left last:pr-0"
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, i) => (
                  <td
                    key={props.heads[i]}
                    className="border-b border-line px-2 py-1.5 text-right font-mono text-sm whitespace-nowrap first:pl-0 first:text-left first:font-sans first:text-md first:whitespace-normal last:pr-0"
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
