using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Mcp;

/// <summary>Our MCP server as agents start it: its command line, and whether it answers.</summary>
internal static class OwnServer
{
    /// <summary>Starting takes some tenths of a second, and many times that on a machine that is busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string Greeting =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"headroom","version":"1"}}}""" + "\n";

    private const string Question = """{"jsonrpc":"2.0","method":"notifications/initialized"}""" + "\n" + """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""" + "\n";

    /// <summary>Its command line. The store is named, since agents do not hand on every variable to servers.</summary>
    /// <param name="own">The command line of this tool.</param>
    /// <param name="mode">How much it may cut.</param>
    /// <param name="store">The file of the originals; <see langword="null"/> for the usual one.</param>
    public static IReadOnlyList<string> CommandLine(IReadOnlyList<string> own, CompressionMode mode, string? store) =>
        [.. own, "mcp", .. mode == CompressionMode.Balanced ? [] : (string[])["--mode", OutcomeJson.NameOf(mode)], .. store is null ? [] : (string[])["--store", store]];

    /// <summary>Starts it, asks for its tools as an agent would, and ends it.</summary>
    /// <returns>The names of its tools, in order; or why there are none.</returns>
    public static async Task<(IReadOnlyList<string> Tools, string? WhyNot)> AskAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        Process? server = null;
        try
        {
            server = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            Task<string> talk = server.StandardError.ReadToEndAsync(patience.Token);
            JsonElement? answer = await AskAsync(server, Greeting, patience.Token).ConfigureAwait(false);
            if (answer is not null) answer = await AskAsync(server, Question, patience.Token).ConfigureAwait(false);
            server.StandardInput.Close();
            string[] tools = [.. (answer?.Object("result")?.List("tools") ?? []).Select(t => t.Text("name") ?? "").Order(StringComparer.Ordinal)];
            if (tools.Length > 0) return (tools, null);
            string said = (await talk.ConfigureAwait(false)).Trim();
            return ([], said.Length == 0 ? "it does not answer" : said.Split('\n')[^1]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], "it does not answer");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return ([], e.Message.TrimEnd('.'));
        }
        finally
        {
            End(server);
        }
    }

    /// <summary>The line it answers with; <see langword="null"/> where it has ended.</summary>
    private static async Task<JsonElement?> AskAsync(Process server, string lines, CancellationToken cancellationToken)
    {
        await server.StandardInput.WriteAsync(lines.AsMemory(), cancellationToken).ConfigureAwait(false);
        await server.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        return await server.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line ? JsonFields.TryParse(Encoding.UTF8.GetBytes(line)) : null;
    }

    private static void End(Process? server)
    {
        if (server is null) return;
        try
        {
            server.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }

        server.Dispose();
    }
}
