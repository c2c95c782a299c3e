using System.Buffers;
using System.Text;
using Headroom.Cli.Input;
using Headroom.Cli.Processes;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Commands;

/// <summary>Runs <c>headroom compress</c>.</summary>
internal static class CompressRunner
{
    public static async Task<int> RunAsync(CompressSettings settings, CancellationToken cancellationToken)
    {
        using DeferredOriginalStore? store = Store(settings);
        ConversationCompressor compressor = new(new HeadroomOptions { Mode = settings.Mode, ContextWindowTokens = settings.ContextWindow }, store: store);
        ConversationContext context = new() { CanRetrieve = settings.Mode != CompressionMode.Lossless && !settings.NoRetrieval };
        using Stream output = Console.OpenStandardOutput();
        if (settings.Ndjson || settings.Conversations)
        {
            using Stream input = StandardInput.Open();
            var loop = new NdjsonLoop(input, output, Console.Error);
            return await loop.RunAsync(
                settings.Ndjson ? new ItemProtocol(compressor, context).AnswerAsync : new ConversationProtocol(compressor, context).AnswerAsync,
                cancellationToken).ConfigureAwait(false);
        }

        using StringWriter? held = LongWork.MayDrawBesideOutput ? new StringWriter() : null; // what is said between two files would tear a progress bar
        TextWriter talk = held ?? Console.Error;
        try
        {
            return await LongWork.RunBesideOutputAsync(
                Figure.Of(settings.Files.Count, "file"), settings.Files.Count > 1 ? settings.Files.Count : null, CompressFilesAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (held is not null) Talk.Write(held.ToString());
        }

        async Task<int> CompressFilesAsync(Action<double> progress)
        {
            foreach (string file in settings.Files)
            {
                if (UnixSystem.IsStdoutAbandoned()) break;
                InputText input = InputText.Read(file);
                ItemOutcome? outcome = input.Text is null ? null : await compressor.CompressAsync(
                    new ContextItem { Text = input.Text, ToolName = settings.Tool, Question = settings.Query }, context, cancellationToken).ConfigureAwait(false);
                if (outcome is null) await talk.WriteLineAsync($"headroom: {input.Name} is not UTF-8 text; passed through unchanged.").ConfigureAwait(false);
                else if (settings.Explain) Explanation.Write(talk, input.Name, outcome);
                Write(output, settings, input, outcome);
                progress(1);
            }

            return ExitCodes.Success;
        }
    }

    private static DeferredOriginalStore? Store(CompressSettings settings) =>
        settings.Mode == CompressionMode.Lossless || settings.NoRetrieval ? null : StoreOpener.Open(settings.Store, Console.Error);

    private static void Write(Stream output, CompressSettings settings, InputText input, ItemOutcome? outcome)
    {
        if (settings.Json)
        {
            var line = new ArrayBufferWriter<byte>();
            OutcomeReport.Write(line, input, outcome);
            output.Write(line.WrittenSpan);
            return;
        }

        if (settings.Files.Count > 1) output.Write(Encoding.UTF8.GetBytes($"==> {input.Name} <==\n"));
        byte[] bytes = outcome is null || outcome.Form == ItemForm.Unchanged ? input.Bytes : Encoding.UTF8.GetBytes(outcome.Text);
        output.Write(bytes);
        if (settings.Files.Count > 1 && bytes is [.., not (byte)'\n']) output.Write("\n"u8);
    }
}
