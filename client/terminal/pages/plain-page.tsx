import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../../shared/icons.tsx';
import { PageTitle } from '../page-title.tsx';
import { ProblemBox } from '../problem-box.tsx';

/** A page that only tells something, with at most one thing to press. */
export function PlainPage({
  title,
  icon,
  children,
}: {
  readonly title: string;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="sheet">
      {icon === undefined ? null : (
        <div class="sheet-sign">
          <Icon name={icon} />
        </div>
      )}
      <PageTitle title={title} />
      <ProblemBox />
      {children}
    </div>
  );
}
