using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>Declares <c>headroom compress</c>.</summary>
internal static class CompressCommand
{
    public static Command Create()
    {
        Argument<string[]> files = FileArgument.Many("Files to compress; - or none reads stdin.");
        Option<string> mode = ModeOption.Create();
        var query = new Option<string?>("--query") { Description = "The question the text answers: parts that match it stay visible.", HelpName = "TEXT" };
        var tool = new Option<string?>("--tool") { Description = "Name of the tool whose result the text is.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Print the outcome as one JSON object a file instead of the text." };
        var noRetrieval = new Option<bool>("--no-retrieval") { Description = "The model cannot call headroom_retrieve: nothing is cut, in any mode." };
        Option<string?> store = StoreOption.Create();
        var ndjson = new Option<bool>("--ndjson") { Description = "stdin holds one {\"id\",\"text\",\"tool\"?,\"query\"?} a line; answers come in the same order." };
        var conversations = new Option<bool>("--conversations") { Description = "stdin holds one {\"id\",\"messages\":[…]} a line, with OpenAI-style chat messages." };
        var window = new Option<int?>("--context-window") { Description = "Tokens the model can read at once: older results of a conversation give way as it fills up.", HelpName = "TOKENS" };
        var explain = new Option<bool>("--explain") { Description = "Say on stderr what was tried, what each proposal costs, and why the choice was made." };

        var command = new Command("compress", "Make texts smaller for a model, and print them.")
        {
            files, mode, query, tool, json, noRetrieval, store, ndjson, conversations, window, explain,
        };
        command.Validators.Add(result =>
        {
            bool lines = result.GetValue(ndjson) || result.GetValue(conversations);
            if (result.GetValue(ndjson) && result.GetValue(conversations)) result.AddError("--ndjson and --conversations are two protocols; give one of them.");
            else if (lines && result.GetValue(files) is not (null or [] or ["-"])) result.AddError("--ndjson and --conversations read stdin; pipe the file: headroom compress --ndjson < FILE");
            else if (lines && (result.GetValue(json) || result.GetValue(explain) || result.GetValue(query) is not null || result.GetValue(tool) is not null))
                result.AddError("--json, --explain, --query and --tool are for single texts; with --ndjson put \"query\" and \"tool\" in each line.");
            if (result.GetValue(window) is { } tokens)
            {
                if (!result.GetValue(conversations)) result.AddError("--context-window is for conversations; give it with --conversations.");
                else if (tokens is < 2_000 or > 100_000_000) result.AddError("--context-window must be from 2,000 to 100,000,000 tokens.");
                else if (string.Equals(result.GetValue(mode), "lossless", StringComparison.OrdinalIgnoreCase)) result.AddError("--context-window leaves older results out, which lossless never does; use balanced.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CompressRunner.RunAsync(
            new CompressSettings
            {
                Files = parsed.GetValue(files) is { Length: > 0 } given ? given : ["-"],
                Mode = ModeOption.Of(parsed, mode),
                Query = parsed.GetValue(query),
                Tool = parsed.GetValue(tool),
                Store = parsed.GetValue(store),
                Json = parsed.GetValue(json),
                NoRetrieval = parsed.GetValue(noRetrieval),
                Ndjson = parsed.GetValue(ndjson),
                Conversations = parsed.GetValue(conversations),
                ContextWindow = parsed.GetValue(window),
                Explain = parsed.GetValue(explain),
            },
            cancellationToken));
        return command;
    }
}
