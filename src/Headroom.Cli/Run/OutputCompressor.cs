using System.Text;
using Headroom.Cli.Input;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Retrieval;

namespace Headroom.Cli.Run;

/// <summary>Makes what a command printed smaller. Whatever fails here, the command has run and its output is not lost (law 8).</summary>
internal sealed class OutputCompressor(RunSettings settings) : IDisposable
{
    /// <summary>Stands behind a part that was changed, where another may follow that was not: a reader has to know where one ends.</summary>
    private const string EndOfPart = "[end of this part]";

    private DeferredOriginalStore? _store;
    private ConversationCompressor? _compressor;

    public void Dispose() => _store?.Dispose();

    /// <summary>What becomes of a whole output; <see langword="null"/> where it goes on as it is.</summary>
    public async Task<ItemOutcome?> WholeAsync(byte[] bytes)
    {
        if (await CompressAsync(bytes, "the output").ConfigureAwait(false) is not { } outcome) return null;
        return outcome.Form == ItemForm.Elided && !settings.Json ? With(outcome, bytes, [RetrievalHint.LineFor(outcome, settings.Store)]) : outcome;
    }

    /// <summary>What becomes of one part of an output, as bytes to print.</summary>
    public async Task<ReadOnlyMemory<byte>> PartAsync(byte[] bytes)
    {
        if (await CompressAsync(bytes, "a part of the output").ConfigureAwait(false) is not { } outcome || outcome.Form == ItemForm.Unchanged) return bytes;
        string[] last = outcome.Form == ItemForm.Elided ? [RetrievalHint.LineFor(outcome, settings.Store), EndOfPart] : [EndOfPart];
        outcome = With(outcome, bytes, last);
        return outcome.Form == ItemForm.Unchanged ? bytes : Encoding.UTF8.GetBytes(outcome.Text);
    }

    private async Task<ItemOutcome?> CompressAsync(byte[] bytes, string name)
    {
        InputText output = InputText.Of(name, bytes);
        if (output.Text is null)
        {
            Talk.Say($"{name} is not UTF-8 text; passed through unchanged.");
            return null;
        }

        try
        {
            _compressor ??= Create();
            ContextItem item = new() { Text = output.Text, ToolName = ToolName(), Arguments = string.Join(' ', settings.Command.Skip(1)), Question = settings.Query };
            return await _compressor.CompressAsync(item, new ConversationContext { CanRetrieve = _store is not null }).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // see above
        catch (Exception e)
#pragma warning restore CA1031
        {
            Talk.Say($"{name} could not be compressed ({e.GetType().Name}); passed through unchanged.");
            return null;
        }
    }

    private ConversationCompressor Create()
    {
        _store = settings.Mode == CompressionMode.Lossless ? null : StoreOpener.Open(settings.Store, Console.Error);
        return new ConversationCompressor(new HeadroomOptions { Mode = settings.Mode }, store: _store);
    }

    /// <summary>The text with lines of ours behind it; the original where those cost what was saved (law 1).</summary>
    private ItemOutcome With(ItemOutcome outcome, byte[] original, string[] last)
    {
        string text = $"{outcome.Text}{(outcome.Text.EndsWith('\n') ? "" : "\n")}{string.Join('\n', last)}\n";
        int tokens = _compressor!.Tokens.Count(text);
        return tokens < outcome.TokensBefore
            ? outcome with { Text = text, TokensAfter = tokens }
            : outcome with { Text = Encoding.UTF8.GetString(original), TokensAfter = outcome.TokensBefore, Form = ItemForm.Unchanged, Reason = OutcomeReason.NothingSmaller, OriginalId = null };
    }

    /// <summary>The command's name. What our own <c>retrieve</c> prints was asked back, and is never compressed again (law 6).</summary>
    private string ToolName()
    {
        string name = Path.GetFileNameWithoutExtension(settings.Command[0]);
        return name == "headroom" && settings.Command is [_, "retrieve", ..] ? RetrievalTool.Name : name;
    }
}
