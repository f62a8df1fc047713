import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Column = { readonly label: string; readonly align?: 'left' | 'right'; readonly className?: string };

type Props = { readonly label: string; readonly columns: readonly Column[]; readonly children: ReactNode };

/** A dense table: rows as high as the density says, numbers right. Wide tables scroll inside their panel, never the page. */
export function Table({ label, columns, children }: Props) {
  return (
    // Focusable, because a region that scrolls must be reachable with the keyboard.
    <div className="relative overflow-x-auto" role="region" aria-label={label} tabIndex={0}>
      <table className="w-full border-collapse text-12 leading-tight">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={clsx(
                  'h-row px-2 text-11 font-normal whitespace-nowrap text-faint first:pl-3 last:pr-3',
                  column.align === 'right' ? 'text-right' : 'text-left',
                  column.className,
                )}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

type CellProps = { readonly align?: 'left' | 'right'; readonly className?: string; readonly children: ReactNode };

export function Cell({ align = 'left', className, children }: CellProps) {
  return (
    <td
      className={clsx(
        // Buttons of neighbouring rows never touch.
        'h-row border-t border-hair px-2 whitespace-nowrap first:pl-3 last:pr-3 has-data-control:py-1',
        align === 'right' && 'text-right',
        className,
      )}
    >
      {children}
    </td>
  );
}
