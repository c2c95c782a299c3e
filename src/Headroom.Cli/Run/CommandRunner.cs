using System.Buffers;
using System.Diagnostics;
using System.Text;
using Headroom.Cli.Processes;
using Headroom.Cli.Terminals;

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
        using var compressor = new OutputCompressor(settings);
        var output = new CommandOutput(command);
        if (settings.Stream) await new StreamedRun(output, compressor.PartAsync, StandardOutput.TryPrint).RunAsync(signals.Alone).ConfigureAwait(false);
        else await PrintAtEndAsync(output, compressor, command, signals.Alone).ConfigureAwait(false);
        if (output.IsHeldOpen) Talk.Say("something the command started still holds its output; what comes from it now is not waited for.");
        return command.ExitCode;
    }

    private Process Start() => ChildProcess.Start(settings.Command, settings.MergeStderr);

    private async Task PrintAtEndAsync(CommandOutput output, OutputCompressor compressor, Process command, CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource();
        Task remark = RemarkAsync(ended.Token);
        string? file = null;
        byte[]? bytes = await output.ReadAsync(settings.Json ? piece => Append(ref file, piece) : StandardOutput.TryPrint, cancellationToken).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await remark.ConfigureAwait(false);
        if (bytes is null) Talk.Say($"the output is longer than {CommandOutput.MaxBytes >> 20} MB; passed through unchanged.");
        if (bytes is null && file is null) return;
        ItemOutcome? outcome = file is null ? await compressor.WholeAsync(bytes!).ConfigureAwait(false) : null;
        if (settings.Json)
        {
            var line = new ArrayBufferWriter<byte>();
            RunReport.Write(line, settings.Command, command.ExitCode, outcome, bytes ?? [], file);
            StandardOutput.Print(line.WrittenSpan);
            return;
        }

        StandardOutput.Print(outcome is null || outcome.Form == ItemForm.Unchanged ? bytes! : Encoding.UTF8.GetBytes(outcome.Text));
    }

    private static async Task RemarkAsync(CancellationToken ended)
    {
        if (Console.IsOutputRedirected) return;
        await Task.WhenAny(Task.Delay(Silence, ended)).ConfigureAwait(false);
        if (!ended.IsCancellationRequested) Talk.Say("the output comes when the command has ended. With --stream it comes in parts.");
    }

    private static bool Append(ref string? file, ReadOnlyMemory<byte> piece)
    {
        file ??= Path.GetTempFileName(); // of this user only
        using var stream = new FileStream(file, FileMode.Append);
        stream.Write(piece.Span);
        return true;
    }
}
