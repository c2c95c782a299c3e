using System.Diagnostics;

namespace Headroom.Cli.Tests.Mcp;

/// <summary>MCP servers and clients from the npm registry, installed once into the artifacts folder at the versions named here.</summary>
internal static class NpmServers
{
    private static readonly string[] Packages =
    [
        "@modelcontextprotocol/server-everything@2026.8.31",
        "@modelcontextprotocol/server-filesystem@2026.8.31",
        "@modelcontextprotocol/inspector@2.12.0",
    ];

    private static readonly Lazy<string?> Installed = new(Install);

    private static readonly string Folder = RepositoryFiles.PathOf("artifacts/npm-servers");

    /// <summary>Why they cannot be used; <see langword="null"/> when they can.</summary>
    public static string? Problem => Installed.Value;

    public static string[] Everything => ["node", Path.Combine(Folder, "node_modules/@modelcontextprotocol/server-everything/dist/index.js")];

    public static string[] Filesystem(string folder) => ["node", Path.Combine(Folder, "node_modules/@modelcontextprotocol/server-filesystem/dist/index.js"), folder];

    public static string[] Inspector => ["node", Path.Combine(Folder, "node_modules/.bin/mcp-inspector"), "--cli"];

    private static string? Install()
    {
        string stamp = Path.Combine(Folder, "installed.txt"), wanted = string.Join('\n', Packages);
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted) return null;
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "package.json"), """{"private":true}""");
        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--no-progress", "--fetch-retries=1", .. Packages])
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> output = npm.StandardOutput.ReadToEndAsync(), talk = npm.StandardError.ReadToEndAsync();
            npm.WaitForExit();
            if (npm.ExitCode != 0) return $"npm could not install {wanted.Replace('\n', ' ')}: {talk.Result}{output.Result}";
            File.WriteAllText(stamp, wanted);
            return null;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"npm is not on this machine: {e.Message}";
        }
    }
}

/// <summary>A test that needs <see cref="NpmServers"/>: skipped, saying why, where they cannot be had; on a build server it fails there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute()
    {
        if (NpmServers.Problem is { } problem && Environment.GetEnvironmentVariable("CI") != "true") Skip = problem;
    }
}
