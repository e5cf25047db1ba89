/** Small signs drawn as paths, so that no font must hold them. All are decoration: words stand beside them or in labels. */
const paths = {
  check: 'M3 9l4 4 8-9',
  flag: 'M4 16V2.5h9l-2 3.5 2 3.5H4',
  cloud: 'M9 13.5V6M5.5 9L9 5.5 12.5 9M3 16h12',
  wait: 'M9 4.5V9l3 2M9 1.8a7.2 7.2 0 100 14.4A7.2 7.2 0 009 1.8',
  warn: 'M9 6v4.5M9 13v.6M9 2L1.5 15.5h15z',
  clock: 'M9 4.5V9l3 2M9 1.8a7.2 7.2 0 100 14.4A7.2 7.2 0 009 1.8',
  link: 'M2 7.5a10 10 0 0114 0M5 11a6 6 0 018 0M9 14.6v.2',
  unlinked: 'M2 7.5a10 10 0 0114 0M5 11a6 6 0 018 0M9 14.6v.2M3 2.5l12 13',
  person: 'M9 9a3.2 3.2 0 100-6.4A3.2 3.2 0 009 9M2.6 16a6.4 6.4 0 0112.8 0',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
