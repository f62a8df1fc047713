import {
  AlpacaChatWrapper,
  type ChatWrapper,
  FalconChatWrapper,
  GeneralChatWrapper,
  type LlamaModel,
  resolveChatWrapper,
} from 'node-llama-cpp';
import { Fault } from '#core/kernel/fault.ts';

/**
 * These three write their turn marks as ordinary text, so text inside a message can pretend to be another turn. All others put
 * special tokens around messages and tokenise the messages with special tokens switched off.
 */
const SPOOFABLE = [GeneralChatWrapper, AlpacaChatWrapper, FalconChatWrapper] as const;

/**
 * The conversation format of the loaded model. A model file with a template of its own must resolve to a safe format; a file
 * without any template gets the best guess, which is harmless only because the analyst's prompt holds nothing but our own text
 * and numbers. Throws Fault('bad_model') when the template would lead to a spoofable format.
 */
export function chatWrapperFor(model: LlamaModel): ChatWrapper {
  const wrapper = resolveChatWrapper(model, {
    warningLogs: false,
    customWrapperSettings: {
      // Today's date in the prompt would make the same question differ from day to day.
      'llama3.1': { todayDate: null },
      'llama3.2-lightweight': { todayDate: null },
    },
  });
  refuseSpoofable(wrapper, hasTemplate(model), model.filename ?? 'model');
  return wrapper;
}

/** Throws Fault('bad_model') when a file that brings a template resolved to a format that message text can imitate. */
export function refuseSpoofable(wrapper: ChatWrapper, fileHasTemplate: boolean, name: string): void {
  if (!fileHasTemplate || !SPOOFABLE.some((unsafe) => wrapper instanceof unsafe)) return;
  throw new Fault(
    'bad_model',
    `model file ${name} has a chat template that leads to the unsafe ${wrapper.wrapperName} format`,
    'use a model whose chat template marks turns with special tokens, such as ChatML',
  );
}

const hasTemplate = (model: LlamaModel): boolean =>
  (model.fileInfo.metadata.tokenizer?.chat_template ?? '').trim() !== '';
