/** One block: the scale of the statement chosen as most like me, and of the one chosen as least. */
export interface BlockAnswer {
  readonly most: string;
  readonly least: string;
}

/** What must stand beside every ipsative score. */
export const ipsativeNote = 'not-comparable-between-persons' as const;

/**
 * Ipsative scores of most/least blocks: +1 for the scale of `most`, -1 for that of `least`. They sum to 0 for every person: they say what is stronger within
 * the person, and may be neither normed nor compared between persons.
 * Source: L. E. Hicks (1970), Psychological Bulletin 74, 167–184; A. Brown, A. Maydeu-Olivares (2011), Educational and Psychological Measurement 71, 460–502.
 * @param scales all scales, in order
 */
export function ipsativeScores(
  answers: readonly BlockAnswer[],
  scales: readonly string[],
): Map<string, number> {
  return new Map(
    scales.map((scale) => [
      scale,
      answers.filter(({ most }) => most === scale).length -
        answers.filter(({ least }) => least === scale).length,
    ]),
  );
}
