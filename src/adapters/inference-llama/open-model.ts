import { getLlama, getModuleVersion, type Llama, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { Fault } from '#core/kernel/fault.ts';
import { isEmbeddingArchitecture } from './architectures.ts';
import type { ModelUse } from './protocol.ts';

export type LlamaSettings = { readonly modelPath: string; readonly contextSize: number; readonly threads: number };

/**
 * Loads a GGUF on the CPU. The CPU with a fixed number of threads is the reference: there the same question has the same answer
 * to the last bit. Whoever takes it disposes of `llama`, which takes the model with it.
 */
export async function openModel(
  settings: LlamaSettings,
  use: ModelUse,
): Promise<{ readonly llama: Llama; readonly model: LlamaModel }> {
  const llama = await getLlama({
    gpu: false,
    // A trading machine must neither compile nor download anything when it starts a model.
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    maxThreads: settings.threads,
  });
  try {
    const model = await llama.loadModel({ modelPath: settings.modelPath, gpuLayers: 0 });
    refuseOtherUse(model, use);
    return { llama, model };
  } catch (error) {
    await llama.dispose();
    throw error;
  }
}

/**
 * Embedding models load but cannot write, and language models give vectors that mean little; asking the wrong kind would end in
 * an error deep inside the library, or in nonsense that looks like an answer.
 */
function refuseOtherUse(model: LlamaModel, use: ModelUse): void {
  const architecture = model.fileInfo.metadata.general?.architecture ?? '';
  const embeds = isEmbeddingArchitecture(architecture);
  if (embeds === (use === 'embed')) return;
  const name = model.filename ?? '';
  throw embeds
    ? new Fault(
        'bad_model',
        `model file ${name} holds an embedding model (${architecture}), which cannot answer questions`,
        'use a language model that generates text',
      )
    : new Fault(
        'bad_model',
        `model file ${name} holds a language model (${architecture}), which is not made for embedding texts`,
        'use an embedding model, such as a MiniLM or BGE in GGUF format',
      );
}

/** Everything besides weights and input that the bits of an answer depend on, in one line. */
export async function describeBuild(
  llama: Llama,
  {
    threads,
    contextSize,
    batchSize,
  }: { readonly threads: number; readonly contextSize: number; readonly batchSize: number },
): Promise<string> {
  const library = await getModuleVersion();
  return `node-llama-cpp ${library}, llama.cpp ${llama.llamaCppRelease.release}, cpu, threads ${threads}, context ${contextSize}, batch ${batchSize}`;
}
