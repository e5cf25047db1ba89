/** An ability found from answers, in logits of the calibration. */
export interface Ability {
  readonly theta: number;
  /** standard error; for EAP the standard deviation of the posterior */
  readonly error: number;
  /** true: the answers (such as all right) allow no finite estimate in the range; theta is the end of the range and means "beyond" */
  readonly atLimit: boolean;
}

/** Normal distribution of abilities assumed before the answers are known; 0 and 1 unless said otherwise. */
export interface NormalPrior {
  readonly mean: number;
  readonly deviation: number;
}

export const standardNormal: NormalPrior = { mean: 0, deviation: 1 };
