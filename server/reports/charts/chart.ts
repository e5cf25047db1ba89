/** A drawing of ours: an SVG of the size given, in CSS pixels. */
export interface Chart {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export const ink = '#0b0c0c';
export const line = '#505a5f';
export const fill = '#b8cde0';
export const ground = '#f3f4f6';
export const mark = '#12365b';

/** Two decimals are a hundredth of a pixel; fewer bytes, and the same bytes everywhere. */
export const px = (value: number): string => String(Math.round(value * 100) / 100);
