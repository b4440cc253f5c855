using System;
using System.Globalization;
using System.Text;

namespace MeshNode.Tool;

internal static class Program
{
    public static int Main(string[] args)
    {
        Console.OutputEncoding = Encoding.UTF8;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        return CommandLine.Run(args, Console.Out);
    }
}
