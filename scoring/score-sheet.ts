/**
 * What scoring one attempt yields. Plain JSON: its RFC 8785 bytes are sealed, so nothing here may depend on the machine, the clock or
 * the order of answers. Numbers went through the one rounding function.
 */

/** Version of the scoring rules; every change that moves any number raises it, and the old one stays runnable. */
export const rulesVersion = '1' as const;

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** two-sided confidence of the interval, 0.95 */
  readonly level: number;
}

export interface Precision {
  /** how the standard error was found: Lord's binomial conditional standard error sqrt(x(k-x)/(k-1)) */
  readonly method: 'lord';
  /** in marks */
  readonly sem: number;
  /** of the score, cut to the attainable range */
  readonly interval: Interval;
}

export interface ThresholdResult {
  readonly threshold: number;
  readonly met: boolean;
  /** |score - threshold| <= 1 SEM */
  readonly close: boolean;
}

export interface TopicScore {
  readonly topic: string;
  readonly items: number;
  readonly answered: number;
  readonly score: number;
  readonly maximum: number;
  readonly precision: Precision;
  readonly result: ThresholdResult | null;
}

export interface KeyedSection {
  readonly how: 'keyed';
  readonly section: string;
  readonly items: number;
  readonly answered: number;
  readonly score: number;
  readonly maximum: number;
  readonly precision: Precision;
  readonly topics: readonly TopicScore[];
  /** result of the total alone; null where the programme sets no threshold */
  readonly result: ThresholdResult | null;
  /** total and every topic together; null where the programme sets no threshold */
  readonly met: boolean | null;
}

/** What anyone may know of a questionnaire: that it was completed. Its scales are in the withheld part. */
export interface QuestionnaireSection {
  readonly how: 'questionnaire';
  readonly section: string;
  readonly items: number;
  readonly answered: number;
}

/** The open part: commission, employee, public check page. */
export interface ScoreSheet {
  readonly format: 'adil-score-sheet-1';
  readonly rulesVersion: string;
  readonly attempt: string;
  readonly form: { readonly id: string; readonly sha256: string };
  readonly programme: { readonly id: string; readonly version: string; readonly sha256: string };
  readonly banks: readonly { readonly id: string; readonly version: string; readonly sha256: string }[];
  readonly sections: readonly (KeyedSection | QuestionnaireSection)[];
}

export interface ScaleScore {
  readonly scale: string;
  readonly items: number;
  readonly answered: number;
  /** sum, prorated where answers are missing and the floor is met; null below the floor */
  readonly raw: number | null;
  readonly minimum: number;
  readonly maximum: number;
  /** 100 (raw - minimum) / (maximum - minimum) */
  readonly percentOfMaximum: number | null;
  /** of percentOfMaximum; null where it cannot be found from one protocol */
  readonly interval: (Interval & { readonly method: string }) | null;
}

export interface ProtocolFlag {
  readonly flag: 'long-string' | 'missing' | 'low-variability';
  readonly value: number;
  readonly cutoff: number;
  readonly source: string;
}

/** One number and where it came from: item, answer, key or reversal, mark. */
export interface TraceRow {
  readonly section: string;
  readonly item: string;
  readonly answer: string | number | null;
  /** the right option, or 'reversed' / 'direct' for a scale item */
  readonly key: string;
  readonly mark: number | null;
  /** topic, or the scales that the item counts in */
  readonly countsIn: readonly string[];
}

/** The withheld part: auditor and psychologist; the open part commits to it by salted hash. */
export interface WithheldScores {
  readonly format: 'adil-withheld-scores-1';
  readonly attempt: string;
  readonly scales: readonly {
    readonly section: string;
    readonly scales: readonly ScaleScore[];
    readonly flags: readonly ProtocolFlag[];
  }[];
  readonly trace: readonly TraceRow[];
}
