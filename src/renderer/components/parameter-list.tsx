import { paramsText } from '#shared/format/lab.ts';
import { useParameterWords } from '../app/use-parameter-words.ts';

/** Chosen parameters of a family in words; the names that the terminal takes are on hover. */
export function ParameterList({ params }: { readonly params: Readonly<Record<string, number>> }) {
  const words = useParameterWords();
  return <span title={paramsText(params)}>{words.list(params)}</span>;
}
