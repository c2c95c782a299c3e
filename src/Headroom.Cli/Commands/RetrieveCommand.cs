using System.Buffers;
using System.CommandLine;
using System.Text;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Cli.Wire;
using Headroom.Retrieval;
using Headroom.Storage;
using Headroom.Storage.Sqlite;
using Headroom.Tokens;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom retrieve</c>: brings an original back, whole and exact, or the part asked for.</summary>
internal static class RetrieveCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "Id of the original: it stands in the first line of the text that has parts left out." };
        var lines = new Option<string?>("--lines") { Description = "Lines to show, such as 120-180 or 5,9,20-30.", HelpName = "RANGES" };
        var query = new Option<string?>("--query") { Description = "Words or a regular expression: shows the lines that match, with their neighbours.", HelpName = "TEXT" };
        var path = new Option<string?>("--path") { Description = "JSON pointer or row range, such as /items/67 or /items[4-66].", HelpName = "PATH" };
        var maxTokens = new Option<int?>("--max-tokens") { Description = "Longest answer. Default: no limit for the whole, 8,000 for a part.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print {\"id\",\"text\"}, the only form in which half a surrogate pair survives." };
        Option<string?> store = StoreOption.Create();
        var command = new Command("retrieve", "Bring the original of a cut text back: whole, byte for byte, or a part of it.") { id, lines, query, path, maxTokens, json, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string wanted = IdOf(parsed.GetValue(id)!);
            RetrievalRequest? part = Part(wanted, parsed.GetValue(lines), parsed.GetValue(query), parsed.GetValue(path), parsed.GetValue(maxTokens));
            string original = await LongWork.RunAsync("fetching", null, _ => FindAsync(wanted, parsed.GetValue(store), cancellationToken), cancellationToken).ConfigureAwait(false);
            Print(wanted, part is null ? original : OriginalRetriever.Answer(original, part, O200kTokenCounter.Instance), parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The id in what was given: a model and a person may leave on it what stands around it in a text.</summary>
    private static string IdOf(string given) =>
        RetrievalRequest.TryCreate([new("id", given)], out RetrievalRequest? request, out _)
            ? request.Id
            : throw new CliException($"{given} is not the id of an original. An id is {OriginalId.DefaultLength} or more of the characters 0-9 and a-z, as in [headroom 7kq2m9x4wz: …].", ExitCodes.NotFound);

    /// <summary>The part asked for; <see langword="null"/> for the whole.</summary>
    private static RetrievalRequest? Part(string id, string? lines, string? query, string? path, int? maxTokens)
    {
        if (maxTokens < RetrievalRequest.MinMaxTokens)
            throw new CliException($"--max-tokens {maxTokens} is too few; the least is {RetrievalRequest.MinMaxTokens}.", ExitCodes.Usage);
        KeyValuePair<string, object?>[] given =
        [
            .. new KeyValuePair<string, object?>[] { new("lines", lines), new("query", query), new("path", path), new("max_tokens", maxTokens) }.Where(a => a.Value is not null),
        ];
        if (given.Length == 0) return null;
        return RetrievalRequest.TryCreate([new("id", id), .. given], out RetrievalRequest? request, out string? problem)
            ? request
            : throw new CliException(problem, ExitCodes.Usage);
    }

    private static async Task<string> FindAsync(string id, string? givenStore, CancellationToken cancellationToken)
    {
        string file = StoreFile.Require(givenStore);
        using SqliteOriginalStore? store = StoreFile.OpenExisting(file);
        OriginalLookup lookup = await new OriginalResolver(store).ResolveAsync(id, new RetrievalContext(), cancellationToken).ConfigureAwait(false);
        return lookup.Status switch
        {
            OriginalStatus.Found => lookup.Text!,
            OriginalStatus.Unavailable => throw new CliException($"the original {id} in {file} is damaged or cannot be read. Run again what made the text.", ExitCodes.CannotRead),
            OriginalStatus.Evicted => throw new CliException($"the original {id} was in {file}, but has been dropped to make room. Run again what made the text.", ExitCodes.NotFound),
            _ => throw new CliException($"there is no original {id} in {file}. Check the id, or name the file it was stored in with --store FILE.", ExitCodes.NotFound),
        };
    }

    private static void Print(string id, string text, bool json)
    {
        using Stream output = Console.OpenStandardOutput();
        if (!json)
        {
            output.Write(Encoding.UTF8.GetBytes(text));
            return;
        }

        var line = new ArrayBufferWriter<byte>();
        line.Write("{\"id\":"u8);
        JsonText.Write(line, id);
        line.Write(",\"text\":"u8);
        JsonText.Write(line, text);
        line.Write("}\n"u8);
        output.Write(line.WrittenSpan);
    }
}
