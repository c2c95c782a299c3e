using System.Buffers;
using System.Diagnostics;
using System.Text;
using Headroom.Cli.Input;
using Headroom.Cli.Processes;
using Headroom.Cli.Storage;
using Headroom.Retrieval;

namespace Headroom.Cli.Run;

/// <summary>Runs <c>headroom run</c>: a command whose output a model reads.</summary>
internal sealed class CommandRunner(RunSettings settings)
{
    /// <summary>A person at a terminal who sees nothing for so long wants to know why.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>Runs the command and prints what it wrote.</summary>
    /// <returns>Its exit code; 128 and the signal's number where a signal ended it.</returns>
    public async Task<int> RunAsync()
    {
        using var signals = new SignalForwarding();
        using Process command = OperatingSystem.IsWindows() ? Start() : UnixSystem.WithDefaultPipeSignal(Start);
        signals.To(command);
        using var ended = new CancellationTokenSource();
        Task remark = RemarkAsync(ended.Token);
        var output = new CommandOutput(command);
        string? file = null;
        byte[]? bytes = await output.ReadAsync(settings.Json ? piece => Append(ref file, piece) : PassOn, signals.Alone).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await remark.ConfigureAwait(false);

        if (output.IsHeldOpen) Say("something the command started still holds its output; what comes from it now is not waited for.");
        if (bytes is null) Say($"the output is longer than {CommandOutput.MaxBytes >> 20} MB; passed through unchanged.");
        if (bytes is not null || file is not null) await PrintAsync(command.ExitCode, bytes ?? [], file).ConfigureAwait(false);
        return command.ExitCode;
    }

    private Process Start() => ChildProcess.Start(settings.Command, settings.MergeStderr);

    private async Task PrintAsync(int exitCode, byte[] bytes, string? file)
    {
        InputText output = InputText.Of("the output", bytes);
        if (output.Text is null) Say("the output is not UTF-8 text; passed through unchanged.");
        ItemOutcome? outcome = output.Text is null || file is not null ? null : await CompressAsync(output.Text).ConfigureAwait(false);
        if (settings.Json)
        {
            var line = new ArrayBufferWriter<byte>();
            RunReport.Write(line, settings.Command, exitCode, outcome, bytes, file);
            Print(line.WrittenSpan);
            return;
        }

        Print(outcome is null || outcome.Form == ItemForm.Unchanged ? bytes : Encoding.UTF8.GetBytes(outcome.Text));
    }

    private async Task<ItemOutcome?> CompressAsync(string text)
    {
        try
        {
            using DeferredOriginalStore? store = settings.Mode == CompressionMode.Lossless ? null : StoreOpener.Open(settings.Store, Console.Error);
            var compressor = new ConversationCompressor(new HeadroomOptions { Mode = settings.Mode }, store: store);
            ContextItem item = new() { Text = text, ToolName = ToolName(), Arguments = string.Join(' ', settings.Command.Skip(1)), Question = settings.Query };
            ItemOutcome outcome = await compressor.CompressAsync(item, new ConversationContext { CanRetrieve = store is not null }).ConfigureAwait(false);
            return outcome.Form == ItemForm.Elided && !settings.Json ? WithHint(outcome, text, compressor) : outcome;
        }
#pragma warning disable CA1031 // Whatever fails here, the command has run and its output is not lost (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Say($"the output could not be compressed ({e.GetType().Name}); passed through unchanged.");
            return null;
        }
    }

    /// <summary>The cut text with our last line; the original where that line costs what was saved (law 1).</summary>
    private ItemOutcome WithHint(ItemOutcome outcome, string original, ConversationCompressor compressor)
    {
        string text = $"{outcome.Text}\n{RetrievalHint.LineFor(outcome, settings.Store)}\n";
        int tokens = compressor.Tokens.Count(text);
        return tokens < outcome.TokensBefore
            ? outcome with { Text = text, TokensAfter = tokens }
            : outcome with { Text = original, TokensAfter = outcome.TokensBefore, Form = ItemForm.Unchanged, Reason = OutcomeReason.NothingSmaller, OriginalId = null };
    }

    /// <summary>The command's name. What our own <c>retrieve</c> prints was asked back, and is never compressed again (law 6).</summary>
    private string ToolName()
    {
        string name = Path.GetFileNameWithoutExtension(settings.Command[0]);
        return name == "headroom" && settings.Command is [_, "retrieve", ..] ? RetrievalTool.Name : name;
    }

    private static async Task RemarkAsync(CancellationToken ended)
    {
        if (Console.IsOutputRedirected) return;
        await Task.WhenAny(Task.Delay(Silence, ended)).ConfigureAwait(false);
        if (!ended.IsCancellationRequested) Say("the output comes when the command has ended.");
    }

    private static bool PassOn(ReadOnlyMemory<byte> piece)
    {
        try
        {
            Print(piece.Span);
            return OperatingSystem.IsWindows() || !UnixSystem.IsStdoutAbandoned();
        }
        catch (IOException)
        {
            return false; // nobody reads it
        }
    }

    private static bool Append(ref string? file, ReadOnlyMemory<byte> piece)
    {
        file ??= Path.GetTempFileName(); // of this user only
        using var stream = new FileStream(file, FileMode.Append);
        stream.Write(piece.Span);
        return true;
    }

    private static void Print(ReadOnlySpan<byte> bytes)
    {
        using Stream stdout = Console.OpenStandardOutput();
        stdout.Write(bytes);
    }

    private static void Say(string talk) => Console.Error.WriteLine("headroom: " + talk);
}
