using System.Buffers;
using Headroom.Cli.Input;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Commands;

/// <summary>Writes what <c>compress --json</c> prints: one object, one line.</summary>
internal static class OutcomeReport
{
    /// <param name="output">Where to.</param>
    /// <param name="input">The input.</param>
    /// <param name="outcome">Its outcome; <see langword="null"/> for an input that is not text, which has neither a text nor tokens.</param>
    public static void Write(IBufferWriter<byte> output, InputText input, ItemOutcome? outcome)
    {
        output.Write("{\"file\":"u8);
        JsonText.Write(output, input.Name);
        if (outcome is null)
        {
            output.Write(",\"form\":\"unchanged\",\"reason\":\"notText\"}\n"u8);
            return;
        }

        output.Write(","u8);
        OutcomeJson.WriteAll(output, outcome);
        output.Write("}\n"u8);
    }
}
