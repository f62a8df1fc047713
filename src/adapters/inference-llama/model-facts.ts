import { GgmlType, GgufFileType, GgufInsights, readGgufFileInfo } from 'node-llama-cpp';
import { Fault } from '#core/kernel/fault.ts';
import { isEmbeddingArchitecture } from './architectures.ts';
import type { ModelFacts } from './file-task.ts';

/** Tokens evaluated in one go, for the estimate of the memory. */
const BATCH_SIZE = 256;

/** Reads the head of a GGUF file: what it says of itself, and how much memory it would need. Throws Fault('bad_model'). */
export async function readModelFacts(path: string, name: string, contextSize: number): Promise<ModelFacts> {
  const refused = (problem: string) =>
    new Fault(
      'bad_model',
      `model file ${name} ${problem}`,
      'give a complete language or embedding model in GGUF format',
    );
  try {
    const info = await readGgufFileInfo(path, {
      sourceType: 'filesystem',
      logWarnings: false,
      spliceSplitFiles: false,
    });
    const insights = await GgufInsights.from(info);
    const architecture = info.metadata.general?.architecture ?? 'unknown';
    if (!insights.isSupportedByLlamaCpp) throw refused(`has an architecture that is not supported (${architecture})`);
    const embeds = isEmbeddingArchitecture(architecture);
    const context = Math.min(contextSize, insights.trainContextSize ?? contextSize);
    const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers: 0 });
    const evaluation = await insights.estimateContextResourceRequirementsV2({
      contextSize: context,
      modelGpuLayers: 0,
      batchSize: embeds ? context : BATCH_SIZE,
      sequences: 1,
      isEmbeddingContext: embeds,
    });
    return {
      architecture: architecture.slice(0, 100),
      title: printable(info.metadata.general?.name ?? '').slice(0, 200),
      use: embeds ? 'embed' : 'generate',
      contextLength: insights.trainContextSize ?? null,
      parameters: insights.totalParameters,
      quantisation: quantisationOf(info.metadata.general?.file_type, insights.dominantTensorType),
      memoryBytes: Math.ceil(Math.max(weights.cpuRam, insights.modelSize) + evaluation.cpuRam),
      license: textOrNull(info.metadata.general?.license),
    };
  } catch (error) {
    if (error instanceof Fault) throw error;
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '').replaceAll(path, name) : 'unknown error';
    throw refused(`cannot be read (${said.slice(0, 200)}): it may be incomplete or of an unknown kind`);
  }
}

/** The name of the quantisation, such as `MOSTLY_Q8_0`, from what the file says, else from most of its weights. */
const quantisationOf = (fileType: GgufFileType | undefined, dominant: GgmlType | undefined): string =>
  (fileType === undefined ? undefined : GgufFileType[fileType]) ??
  (dominant === undefined ? undefined : GgmlType[dominant]) ??
  'unknown';

/** Names come from the file, so nothing in them may steer a terminal. */
const printable = (text: string): string => text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '');
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? printable(value).slice(0, 200) : null;
