import type { LanguageCode } from '../../server/wire/contract.ts';
import { isLanguage, languages } from './languages.ts';

interface Props {
  readonly label: string;
  readonly value: LanguageCode;
  readonly offered: readonly LanguageCode[];
  readonly onChoose: (language: LanguageCode) => void;
}

export function LanguageSelect({ label, value, offered, onChoose }: Props) {
  return (
    <label class="language-select">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          if (isLanguage(chosen)) onChoose(chosen);
        }}
      >
        {languages
          .filter(({ code }) => offered.includes(code))
          .map(({ code, name }) => (
            <option key={code} value={code} lang={code} selected={code === value}>
              {name}
            </option>
          ))}
      </select>
    </label>
  );
}
