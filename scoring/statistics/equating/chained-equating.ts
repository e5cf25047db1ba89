import { type AnchorGroup, anchorMoments, type Scales } from './anchor-group.ts';
import { equipercentile } from './equipercentile.ts';
import { convert, deviationLine, type Line, meanLine } from './linear-equating.ts';
import { countScores } from './score-distribution.ts';

/**
 * Chained conversion by straight lines: X to the anchor in group X, the anchor to Y in group Y.
 * Source: Kolen & Brennan (2014), section 4.5.
 * @throws RangeError as anchorMoments does
 */
export function chainedLine(groupX: AnchorGroup, groupY: AnchorGroup, kind: 'mean' | 'linear'): Line {
  const x = anchorMoments(groupX);
  const y = anchorMoments(groupY);
  const deviations = ({ mean, variance }: { readonly mean: number; readonly variance: number }) => ({
    mean,
    deviation: Math.sqrt(variance),
  });
  const line = kind === 'mean' ? meanLine : deviationLine;
  const first = line(deviations(x.total), deviations(x.anchor));
  const second = line(deviations(y.anchor), deviations(y.total));
  return { slope: first.slope * second.slope, intercept: convert(second, first.intercept) };
}

/**
 * Chained equipercentile conversion.
 * Source: Kolen & Brennan (2014), section 5.3.
 * @throws RangeError for scores that are not on their scales
 */
export function chainedEquipercentile(
  groupX: AnchorGroup,
  groupY: AnchorGroup,
  { highestTotal, highestAnchor }: Scales,
): (score: number) => number {
  const totalX = countScores(groupX.totals, 0, highestTotal);
  const anchorX = countScores(groupX.anchors, 0, highestAnchor);
  const anchorY = countScores(groupY.anchors, 0, highestAnchor);
  const totalY = countScores(groupY.totals, 0, highestTotal);
  return (score) => equipercentile(anchorY, totalY, equipercentile(totalX, anchorX, score));
}
