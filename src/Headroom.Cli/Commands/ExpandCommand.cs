using System.CommandLine;
using System.Text;
using Headroom.Cli.Input;
using Headroom.Cli.Terminals;
using Headroom.Cli.Wire;
using Headroom.Retrieval;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom expand</c>: decodes a reformatted text.</summary>
internal static class ExpandCommand
{
    public static Command Create()
    {
        Argument<string?> file = FileArgument.One("The text to decode; - or none reads stdin.");
        var ndjson = new Option<bool>("--ndjson") { Description = "stdin holds one {\"id\",\"text\"} a line; answers come in the same order." };
        var command = new Command("expand", "Decode a text that was respelled; any other passes as it is.") { file, ndjson };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ndjson) && result.GetValue(file) is not (null or "-")) result.AddError("--ndjson reads stdin; pipe the file: headroom expand --ndjson < FILE");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(file) ?? "-", parsed.GetValue(ndjson), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, bool ndjson, CancellationToken cancellationToken)
    {
        var compressor = new ConversationCompressor();
        using Stream output = Console.OpenStandardOutput();
        if (ndjson)
        {
            using Stream stdin = StandardInput.Open();
            return await new NdjsonLoop(stdin, output, Console.Error).RunAsync(new ExpandProtocol(compressor).AnswerAsync, cancellationToken).ConfigureAwait(false);
        }

        InputText input = InputText.Read(file);
        string? decoded = input.Text is null ? null : compressor.Expand(input.Text);
        if (input.Text is null) Talk.Say($"{input.Name} is not UTF-8 text; passed through unchanged.");
        else if (MarkerGrammar.StartsWithHeader(input.Text)) Talk.Say($"parts of {input.Name} are left out; bring the original back with headroom retrieve ID, using the id in its first line.");
        await output.WriteAsync(decoded is null || decoded == input.Text ? input.Bytes : Encoding.UTF8.GetBytes(decoded), cancellationToken).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
