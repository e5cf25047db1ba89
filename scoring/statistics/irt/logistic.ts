import { exp, log, log1p } from '../../numeric/elementary.ts';

/** 1 / (1 + e^(-z)). The other side, 1 - logistic(z), is logistic(-z) and keeps its precision that way. */
export const logistic = (z: number): number => 1 / (1 + exp(-z));

/** log(1 + e^z), without overflow. */
export const softplus = (z: number): number => (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));

/** log(p / (1 - p)). */
export const logit = (p: number): number => log(p / (1 - p));
