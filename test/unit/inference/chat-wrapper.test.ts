import { AlpacaChatWrapper, ChatMLChatWrapper, FalconChatWrapper, GeneralChatWrapper } from 'node-llama-cpp';
import { describe, expect, it } from 'vitest';
import { refuseSpoofable } from '#adapters/inference-llama/chat-wrapper.ts';

describe('conversation formats that message text can imitate', () => {
  it.each([new GeneralChatWrapper(), new AlpacaChatWrapper(), new FalconChatWrapper()])(
    'refuses $wrapperName for a file with a template',
    (wrapper) => {
      expect(() => refuseSpoofable(wrapper, true, 'm.gguf')).toThrow(
        /m\.gguf has a chat template that leads to the unsafe/,
      );
    },
  );

  it('lets them pass for a file that has no template to follow', () => {
    expect(() => refuseSpoofable(new GeneralChatWrapper(), false, 'm.gguf')).not.toThrow();
  });

  it('accepts ChatML', () => {
    expect(() => refuseSpoofable(new ChatMLChatWrapper(), true, 'm.gguf')).not.toThrow();
  });
});
