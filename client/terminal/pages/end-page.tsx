import type { AttemptView, Receipt, ShownResult } from '../../../server/wire/contract.ts';
import { Icon } from '../../shared/icons.tsx';
import { LocalText } from '../../shared/local-text.tsx';
import { qrPath } from '../../shared/qr-path.ts';
import { PageTitle } from '../page-title.tsx';
import { useTerminal } from '../use-terminal.ts';

/** After the last section: receipt first, then results, then leave. */
export function EndPage({ view }: { readonly view: AttemptView }) {
  const { terminal, say } = useTerminal();
  return (
    <div class="sheet is-wide">
      <PageTitle title={say('end.title')} />
      {view.receipt === null ? null : <ReceiptBox receipt={view.receipt} />}
      <p class="leave-line">{say('end.leave')}</p>
      {view.results.length === 0 ? null : (
        <section>
          <h2>{say('end.results')}</h2>
          {view.results.map((result) => (
            <ResultBox key={result.section} result={result} />
          ))}
          <p class="quiet">{say('end.caveat')}</p>
        </section>
      )}
      <p>{say('end.clear-text')}</p>
      <div class="acts">
        <button type="button" onClick={terminal.leave}>
          {say('end.clear')}
        </button>
      </div>
    </div>
  );
}

function ReceiptBox({ receipt }: { readonly receipt: Receipt }) {
  const { say } = useTerminal();
  const qr = qrPath(`${receipt.code} ${receipt.hash}`);
  return (
    <div class="receipt">
      <div class="receipt-words">
        <p class="receipt-stored">
          <Icon name="check" />
          <span>{say('end.stored', { count: receipt.answersStored })}</span>
        </p>
        <p class="quiet">{say('end.of-items', { count: receipt.items })}</p>
        <p class="receipt-name">{say('end.code')}</p>
        <p class="receipt-code">{receipt.code}</p>
        <p class="receipt-hash">
          {say('end.hash')}: <code>{receipt.hash}</code>
        </p>
      </div>
      <svg
        class="qr"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        role="img"
        aria-label={say('end.qr')}
        shape-rendering="crispEdges"
      >
        <rect class="qr-paper" width={qr.size} height={qr.size} />
        <path class="qr-ink" d={qr.d} />
      </svg>
    </div>
  );
}

function ResultBox({ result }: { readonly result: ShownResult }) {
  const { say, language } = useTerminal();
  const keyed = result.how === 'keyed' && result.score !== null && result.maximum !== null;
  const thresholds = result.topics.some((topic) => topic.threshold !== null);
  return (
    <article class="result">
      <h3>
        <LocalText text={result.title} language={language} />
      </h3>
      {keyed ? (
        <p class="result-line">
          <strong class="result-score">
            {say('end.score', { score: result.score ?? 0, maximum: result.maximum ?? 0 })}
          </strong>
          {result.threshold === null ? null : (
            <span>{say('end.threshold', { threshold: result.threshold })}</span>
          )}
          {result.met === null ? null : (
            <span class={result.met ? 'verdict is-met' : 'verdict'}>
              {result.met ? say('end.met') : say('end.not-met')}
            </span>
          )}
        </p>
      ) : (
        <p class="result-line">
          <strong>{say('end.questionnaire')}</strong>
        </p>
      )}
      <p class="quiet">{say('end.answered', { answered: result.answered, items: result.items })}</p>
      {keyed && result.close ? <p>{say('end.close')}</p> : null}
      {result.topics.length === 0 ? null : (
        <table>
          <thead>
            <tr>
              <th scope="col">{say('end.topic')}</th>
              <th scope="col" class="number">
                {say('end.topic-score')}
              </th>
              {thresholds ? (
                <>
                  <th scope="col" class="number">
                    {say('end.topic-threshold')}
                  </th>
                  <th scope="col">{say('end.topic-result')}</th>
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {result.topics.map((topic, n) => (
              <tr key={n}>
                <th scope="row">
                  <LocalText text={topic.title} language={language} />
                </th>
                <td class="number">
                  {topic.score} / {topic.maximum}
                </td>
                {thresholds ? (
                  <>
                    <td class="number">{topic.threshold ?? '–'}</td>
                    <td>{topic.met === null ? '–' : topic.met ? say('end.yes') : say('end.no')}</td>
                  </>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
}
