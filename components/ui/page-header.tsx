import type { ReactNode } from 'react';
import { Breadcrumbs, type Crumb } from './breadcrumbs';

interface PageHeaderProps {
  title: ReactNode;
  /** Over the title: what kind of thing this is, e.g. "Tender · ocds-…". */
  kicker?: ReactNode;
  lead?: ReactNode;
  crumbs?: readonly Crumb[] | undefined;
  /** Tags beside the title. */
  tags?: ReactNode;
  /** Buttons at the right, below on a phone. */
  actions?: ReactNode;
}

/** The head of every page: where one is, what it is, one sentence about it. */
export function PageHeader({ title, kicker, lead, crumbs, tags, actions }: PageHeaderProps) {
  return (
    <div className="mb-8 flex flex-col gap-3">
      {crumbs ? <Breadcrumbs crumbs={crumbs} /> : null}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-3xl">
          {kicker ? <p className="mb-1 text-sm text-ink-soft">{kicker}</p> : null}
          <h1 className="text-2xl sm:text-3xl">{title}</h1>
          {tags ? <div className="mt-3 flex flex-wrap gap-2">{tags}</div> : null}
        </div>
        {actions ? (
          <div className="flex flex-wrap gap-3" data-print="hide">
            {actions}
          </div>
        ) : null}
      </div>
      {lead ? <div className="max-w-measure text-lg text-ink-soft">{lead}</div> : null}
    </div>
  );
}
