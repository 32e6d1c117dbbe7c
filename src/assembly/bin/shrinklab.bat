@echo off
rem Starts shrinklab without Maven: needs a JDK or JRE from 17 on, in JAVA_HOME or on the path.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dshrinklab.quickStart=true -Dshrinklab.program=shrinklab -cp "%~dp0..\lib\*" io.shrinklab.Main %*
exit /b %ERRORLEVEL%
