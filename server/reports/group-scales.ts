import type { Scale } from '../../question-banks/schema.ts';

export interface ScaleGroup {
  /** the wider scale; null for scales that are part of none */
  readonly domain: Scale | null;
  readonly facets: readonly Scale[];
}

/**
 * Finds domains and facets by what scales are made of: a scale whose items are all among those of a wider one is a facet of the narrowest
 * such scale. Scales that neither contain nor are contained stand in one group without a domain, at the end.
 */
export function groupScales(scales: readonly Scale[]): ScaleGroup[] {
  const itemsOf = new Map(scales.map((s) => [s.id, new Set(s.items.map((i) => i.item))]));
  const parentOf = (scale: Scale): Scale | null =>
    scales
      .filter(
        (w) =>
          w.items.length > scale.items.length && scale.items.every((i) => itemsOf.get(w.id)?.has(i.item)),
      )
      .toSorted((a, b) => a.items.length - b.items.length)[0] ?? null;
  const parents = new Map(scales.map((s) => [s.id, parentOf(s)]));
  const groups: ScaleGroup[] = scales
    .filter((s) => scales.some((f) => parents.get(f.id)?.id === s.id))
    .map((domain) => ({ domain, facets: scales.filter((f) => parents.get(f.id)?.id === domain.id) }));
  const grouped = new Set(groups.flatMap((g) => [g.domain?.id, ...g.facets.map((f) => f.id)]));
  const alone = scales.filter((s) => !grouped.has(s.id));
  return alone.length === 0 ? groups : [...groups, { domain: null, facets: alone }];
}
