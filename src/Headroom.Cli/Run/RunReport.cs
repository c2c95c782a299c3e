using System.Buffers;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Run;

/// <summary>Writes what <c>run --json</c> prints: one object, one line.</summary>
internal static class RunReport
{
    /// <param name="output">Where to.</param>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="outcome">What became of its output; <see langword="null"/> for an output that is not text, or too long to hold.</param>
    /// <param name="bytes">An output that is not text.</param>
    /// <param name="file">The file an output that is too long was written to.</param>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<string> command, int exitCode, ItemOutcome? outcome, byte[] bytes, string? file)
    {
        output.Write("{\"command\":["u8);
        for (int i = 0; i < command.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            JsonText.Write(output, command[i]);
        }

        output.Write("],\"exitCode\":"u8);
        OutcomeJson.WriteNumber(output, exitCode);
        output.Write(","u8);
        if (outcome is not null) OutcomeJson.WriteAll(output, outcome);
        else if (file is not null) WriteUnread(output, "tooLarge", ",\"file\":"u8, file);
        else WriteUnread(output, "notText", ",\"base64\":"u8, Convert.ToBase64String(bytes));
        output.Write("}\n"u8);
    }

    private static void WriteUnread(IBufferWriter<byte> output, string reason, ReadOnlySpan<byte> name, string value)
    {
        output.Write("\"form\":\"unchanged\",\"reason\":"u8);
        JsonText.Write(output, reason);
        output.Write(name);
        JsonText.Write(output, value);
    }
}
